package main

func main() {
	println("usage")
}

// Written in assembly.
func add(a, b int) int
