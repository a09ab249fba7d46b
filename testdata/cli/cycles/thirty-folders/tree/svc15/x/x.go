package x

import "example.com/mall/svc16/x"
