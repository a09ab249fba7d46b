package x

import "example.com/mall/svc05/x"
