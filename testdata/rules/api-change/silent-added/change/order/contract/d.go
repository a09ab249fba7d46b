package contract

type Store interface {
	Find(key ID) (order *Order, err error)
}

type ID string

// Old has moved to another file.
func Old() {}
