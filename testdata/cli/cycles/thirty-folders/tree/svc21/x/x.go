package x

import "example.com/mall/svc22/x"
