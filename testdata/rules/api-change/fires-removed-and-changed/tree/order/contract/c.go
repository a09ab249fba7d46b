package contract

type ID string

type Order struct {
	ID   ID
	Open bool
	note string
}

type Store interface {
	Find(id ID) (*Order, error)
}

var Limit = 3

func Old() {}

func Place(o Order) error { return nil }

func (o *Order) Close() { o.Open = false }

func (o Order) Text() string { return o.note }
