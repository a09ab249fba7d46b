package a

import "example.com/mall/w"
