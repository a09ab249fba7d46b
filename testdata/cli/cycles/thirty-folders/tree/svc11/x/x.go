package x

import "example.com/mall/svc12/x"
