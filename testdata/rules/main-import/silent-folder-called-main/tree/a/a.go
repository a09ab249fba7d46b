package a

import "example.com/mall/main"
