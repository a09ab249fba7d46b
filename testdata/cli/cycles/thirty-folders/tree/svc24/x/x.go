package x

import "example.com/mall/svc25/x"
