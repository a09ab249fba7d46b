package a

import "example.com/mall/cmd/app"
