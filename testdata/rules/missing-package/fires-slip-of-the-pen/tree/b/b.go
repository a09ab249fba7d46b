package b

import "example.com/mall/internal/ordr"
