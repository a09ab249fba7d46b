package excel

import "example.com/mall/internal/modle/user"
