//go:build ignore

// gen_names writes names.txt; run it with: go run gen_names.go
package main

import (
	"os"
	"strings"
)

func main() {
	var b strings.Builder
	for _, s := range []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王"} {
		for _, g := range []string{"伟", "芳", "娜", "敏", "静"} {
			b.WriteString(s + g + "\n")
		}
	}
	if err := os.WriteFile("names.txt", []byte(b.String()), 0o644); err != nil {
		panic(err)
	}
}
