package x

import "example.com/mall/svc24/x"
