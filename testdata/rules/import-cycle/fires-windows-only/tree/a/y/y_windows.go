package y

import "example.com/mall/b/x"
