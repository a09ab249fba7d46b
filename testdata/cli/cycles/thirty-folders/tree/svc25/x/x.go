package x

import "example.com/mall/svc26/x"
