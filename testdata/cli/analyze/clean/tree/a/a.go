package a

import "example.com/mall/b"
