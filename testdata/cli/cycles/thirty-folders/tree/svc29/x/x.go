package x

import "example.com/mall/svc00/y"
