package v

func vendored() { if true { } }
