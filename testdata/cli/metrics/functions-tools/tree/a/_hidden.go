package hidden

func hidden() { if true { } }
