package app

func Kept(x int) {}
