package x

import "fmt"
