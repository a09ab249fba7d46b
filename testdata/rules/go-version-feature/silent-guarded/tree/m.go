package m

import "fmt"
