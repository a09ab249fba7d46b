package x

import "example.com/mall/svc13/x"
