package x

import "example.com/mall/svc18/x"
