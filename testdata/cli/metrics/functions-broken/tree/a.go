package a

func whole() {
	if true {
	}
}

func broken( {

func after() {
	for {
	}
}
