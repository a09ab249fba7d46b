package a

var Count int

var cache = map[string]int{}

func Inc() { Count++ }

func put(k string) { cache[k] = 1 }
