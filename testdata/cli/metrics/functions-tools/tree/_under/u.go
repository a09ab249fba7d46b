package u

func under() { if true { } }
