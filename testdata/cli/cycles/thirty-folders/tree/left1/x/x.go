package x

import "example.com/mall/left0/y"
