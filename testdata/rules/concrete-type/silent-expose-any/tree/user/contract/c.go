package contract

// Finder finds.
type Finder interface{ Find(id string) string }

// User is data.
type User struct{ ID string }

// ID is data.
type ID string

// New makes one.
func New() Finder { return nil }

// Most is a number.
const Most = 1
