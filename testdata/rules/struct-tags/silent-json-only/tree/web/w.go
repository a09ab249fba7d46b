package web

// X is a row.
type X struct {
	ID string `gorm:"id"`
}
