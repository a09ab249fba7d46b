package t

func t() { if true { } }
