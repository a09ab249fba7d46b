package a

func fine() { }
