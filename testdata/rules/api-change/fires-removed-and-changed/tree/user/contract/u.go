package contract

func Name() string { return "" }
