package domain

type Order struct{ ID int }
