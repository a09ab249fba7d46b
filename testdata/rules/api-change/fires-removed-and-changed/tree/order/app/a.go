package app

func Gone() {}

func Kept() {}
