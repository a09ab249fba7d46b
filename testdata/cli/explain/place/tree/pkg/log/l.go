package log

import "fmt"

func Print(a ...any) { fmt.Println(a...) }
