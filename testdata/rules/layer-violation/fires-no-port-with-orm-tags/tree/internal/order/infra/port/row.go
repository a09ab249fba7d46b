package port

// Line is a row of a table.
type Line struct {
	ID string `json:"id" gorm:"primaryKey"`
}
