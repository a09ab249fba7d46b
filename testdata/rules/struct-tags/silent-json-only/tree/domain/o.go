package domain

// Line is none.
type Line struct {
	ID string `json:"id" xml:"gorm:1"`
}
