package b

import "example.com/mall/c"
