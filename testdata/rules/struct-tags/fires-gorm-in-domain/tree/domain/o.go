package domain

import (
	"gorm.io/gorm"
)

// Order is a row.
type Order struct {
	gorm.Model
	ID    string `gorm:"primaryKey" json:"id"`
	Name  string `json:"name" gorm:"size:10"`
	Total int    `db:"total"`
}

// Line is none.
type Line struct {
	ID string `json:"id"`
}
