package x

import "example.com/mall/svc06/x"
