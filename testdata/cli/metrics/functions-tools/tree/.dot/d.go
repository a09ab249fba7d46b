package d

func dotted() { if true { } }
