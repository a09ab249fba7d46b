package x

import "example.com/mall/svc08/x"
