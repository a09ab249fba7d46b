package x

import "example.com/mall/svc29/x"
