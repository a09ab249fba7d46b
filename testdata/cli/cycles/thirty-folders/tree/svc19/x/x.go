package x

import "example.com/mall/svc20/x"
