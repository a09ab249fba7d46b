package b

import "example.com/mall/w"
