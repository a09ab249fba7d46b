package y

import "example.com/mall/a/x"
