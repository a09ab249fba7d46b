package b

import "example.com/mall/internal/x"
