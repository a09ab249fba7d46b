package d

func test() { x := 1; x++ }
