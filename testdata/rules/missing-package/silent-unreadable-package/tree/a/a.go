package a

import "example.com/mall/broken"
