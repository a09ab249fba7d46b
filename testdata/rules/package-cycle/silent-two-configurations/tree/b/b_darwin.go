package b

import "example.com/mall/a"
