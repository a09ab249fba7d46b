package x

import "example.com/mall/svc09/x"
