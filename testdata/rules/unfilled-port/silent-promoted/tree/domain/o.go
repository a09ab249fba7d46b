package domain

// Order is what was ordered.
type Order struct{ ID string }
