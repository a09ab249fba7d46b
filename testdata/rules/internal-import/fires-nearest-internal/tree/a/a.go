package a

import "example.com/mall/a/internal/b/internal/c"
