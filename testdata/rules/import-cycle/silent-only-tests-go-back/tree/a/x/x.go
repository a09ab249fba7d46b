package x

import "example.com/mall/b/x"
