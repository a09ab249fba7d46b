package x

import "example.com/mall/svc02/x"
