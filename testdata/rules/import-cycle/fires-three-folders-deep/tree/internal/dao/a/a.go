package a

import "example.com/mall/internal/model/b"
