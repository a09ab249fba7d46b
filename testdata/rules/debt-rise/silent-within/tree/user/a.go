package user

func F() {}

func G() {}

func H() {}
