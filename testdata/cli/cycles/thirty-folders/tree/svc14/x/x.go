package x

import "example.com/mall/svc15/x"
