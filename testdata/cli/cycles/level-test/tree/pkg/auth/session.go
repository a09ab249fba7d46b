package auth

import "example.com/mall/internal/model/user"
