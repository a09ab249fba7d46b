package lib

import "example.com/lib/internal/x"
