package a

import "example.com/mall/internals"
