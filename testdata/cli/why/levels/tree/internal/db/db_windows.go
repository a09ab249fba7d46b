package db

import "example.com/mall/internal/winonly"

func init() { winonly.Init() }
