package b

func b() { for { } }
