package contract

type ID string

type Order struct {
	ID   ID
	Open int
	note string
}

type Store interface {
	Find(id ID) (*Order, error)
	Save(o *Order) error
}

var Limit = 3

func Place(o Order, force bool) error { return nil }

func (o *Order) Close() { o.Open = 0 }

func (o *Order) Text() string { return o.note }
