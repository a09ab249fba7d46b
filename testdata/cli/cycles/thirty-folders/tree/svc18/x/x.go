package x

import "example.com/mall/svc19/x"
