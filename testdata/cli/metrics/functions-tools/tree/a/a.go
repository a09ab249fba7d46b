package a

func One() {
	if true {
		for {
		}
	}
}

//gocyclo:ignore
func NotForCyclo() {
	if true {
	}
}

//gocognit:ignore
func NotForCognit() {
	if true {
	}
}

var literal, other = 1, func() {
	if true {
	}
}
