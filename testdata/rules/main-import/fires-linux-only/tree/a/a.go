package a

import "example.com/mall/tool"
