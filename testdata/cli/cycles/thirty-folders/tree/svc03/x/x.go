package x

import "example.com/mall/svc04/x"
