package app

import "example.com/lib/internal/x"
