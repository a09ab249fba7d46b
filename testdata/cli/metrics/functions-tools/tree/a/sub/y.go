package sub

//line grammar.y:12
func parsed() {
	if true { }
}

//line ../up.y:3:7
func up() { if true { } }

/*line :40:1*/ func column() { if true { } }
