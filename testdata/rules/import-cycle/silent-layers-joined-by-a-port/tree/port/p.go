package port

// Store is what the use case needs.
type Store interface {
	Save(id string) error
}
