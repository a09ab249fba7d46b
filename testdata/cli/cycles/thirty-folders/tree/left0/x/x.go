package x

import "example.com/mall/left1/y"
