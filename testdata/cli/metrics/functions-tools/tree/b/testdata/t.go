package t

func inTestdata() { if true { } }
