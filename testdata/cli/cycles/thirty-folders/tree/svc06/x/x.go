package x

import "example.com/mall/svc07/x"
