package m

import "example.com/mall/b"
