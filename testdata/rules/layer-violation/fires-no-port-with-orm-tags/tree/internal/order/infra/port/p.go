package port

// Store is what the use case needs.
type Store interface {
	Save(id string) error
}

// Row is what it stores.
type Row struct {
	ID string `json:"id"`
}
