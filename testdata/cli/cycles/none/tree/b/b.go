package b

import "fmt"
