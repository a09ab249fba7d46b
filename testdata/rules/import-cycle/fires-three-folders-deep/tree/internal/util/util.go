package util

import "example.com/mall/internal/service/s"
