package tools

import "example.com/acme/internal/x"
