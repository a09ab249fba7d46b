package x

import "example.com/mall/svc17/x"
