package dao

import "example.com/shop/internal/model/entity"

func Save(n int) int { return n + len(entity.All()) }
