package label

func F1() int { return 1 }

func F2() int { return 2 }

func F3() int { return 3 }

func F4() int { return 4 }

func F5() int { return 5 }

func F6() int { return 6 }
