package x

import "example.com/mall/svc01/x"
