package d

import "example.com/mall/a"
