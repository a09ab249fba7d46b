package b

import "fmt
