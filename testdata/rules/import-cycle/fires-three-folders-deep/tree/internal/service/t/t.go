package t

import "example.com/mall/internal/dao/a"
