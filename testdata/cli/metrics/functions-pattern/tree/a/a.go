package a

func a() { if true { } }
