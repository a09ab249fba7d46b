package x

import "example.com/mall/c/x"
