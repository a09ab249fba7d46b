package user

import "example.com/mall/internal/db"

func Find() { db.Open() }
