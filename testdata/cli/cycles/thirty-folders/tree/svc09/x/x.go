package x

import "example.com/mall/svc10/x"
