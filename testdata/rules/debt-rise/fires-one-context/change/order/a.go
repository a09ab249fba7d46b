package order

func F() {}

func G() {}

func H() {}
