package user

import "example.com/mall/internal/model/user"
