package infra

func Find() string { return "" }
