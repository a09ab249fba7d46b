package alone

type T struct{}
