package a_test

func testing() { _ = true || false }
