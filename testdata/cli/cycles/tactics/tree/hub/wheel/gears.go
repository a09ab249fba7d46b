package wheel

const teeth = 12

func Turn1() int { return teeth * 1 }

func Turn2() int { return teeth * 2 }

func Turn3() int { return teeth * 3 }

func Turn4() int { return teeth * 4 }
