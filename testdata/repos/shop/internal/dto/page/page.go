// Package page is the paging part of every list request.
package page

const (
	defaultSize = 20
	maxSize     = 200
)

type Query struct {
	Page int    `form:"page" json:"page" binding:"omitempty,gte=1"`
	Size int    `form:"size" json:"size" binding:"omitempty,gte=1,lte=200"`
	Sort string `form:"sort" json:"sort"`
}

func (q Query) Limit() int {
	switch {
	case q.Size <= 0:
		return defaultSize
	case q.Size > maxSize:
		return maxSize
	}
	return q.Size
}

func (q Query) Offset() int {
	if q.Page <= 1 {
		return 0
	}
	return (q.Page - 1) * q.Limit()
}

var sortable = map[string]string{
	"created_at": "created_at ASC", "-created_at": "created_at DESC",
	"updated_at": "updated_at ASC", "-updated_at": "updated_at DESC",
	"id": "id ASC", "-id": "id DESC",
}

// OrderBy only lets known columns through (防注入).
func (q Query) OrderBy(def string) string {
	if s, ok := sortable[q.Sort]; ok {
		return s
	}
	return def
}
