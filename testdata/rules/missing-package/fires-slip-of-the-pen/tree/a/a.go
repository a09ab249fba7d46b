package a

import "example.com/mall/internal/ordr"
