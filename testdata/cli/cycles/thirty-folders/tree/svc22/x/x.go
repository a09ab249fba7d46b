package x

import "example.com/mall/svc23/x"
