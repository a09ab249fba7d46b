package x

import "example.com/mall/svc27/x"
