package x

import "example.com/mall/svc11/x"
