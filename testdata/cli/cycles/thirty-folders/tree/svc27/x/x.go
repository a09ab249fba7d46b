package x

import "example.com/mall/svc28/x"
