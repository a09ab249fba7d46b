package domain

type Stock struct{}
