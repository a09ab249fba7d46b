package x

import "example.com/mall/svc03/x"
