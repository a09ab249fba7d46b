package hook

import "example.com/mall/internal/service/s"
