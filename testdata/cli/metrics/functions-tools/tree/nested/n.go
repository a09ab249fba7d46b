package n

func nested() { if true { } }
