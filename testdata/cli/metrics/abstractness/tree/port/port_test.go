package port

type fake struct{ n int }
