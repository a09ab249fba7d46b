package x

import "example.com/mall/svc14/x"
