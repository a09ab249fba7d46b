package domain

type x struct {
	ID string `bson:"id"`
}
