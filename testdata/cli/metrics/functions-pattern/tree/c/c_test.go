package c

func c() { switch { case true: } }
