package store

type (
	File  struct{ name string }
	Cache struct{ File }
)
