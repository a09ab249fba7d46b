package contract

type Order struct {
	note, more string
	Open       bool
	ID         ID
	Extra      int
}

var Limit = 4

func Place(order Order) (err error) { return nil }

func (o *Order) Close() { o.Open = false }

func (order Order) Text() string { return order.note }

func New() {}
