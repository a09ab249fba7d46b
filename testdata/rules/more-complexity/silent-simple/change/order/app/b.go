package app

func H() {}
