package user_test

import "example.com/mall/internal/service/user"
