package order

import (
	"example.com/mall/internal/db"
)

func Save() { db.Open() }
