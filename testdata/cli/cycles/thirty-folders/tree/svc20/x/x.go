package x

import "example.com/mall/svc21/x"
