package user

import "example.com/mall/internal/dao/user"

func Login() { user.Find() }
