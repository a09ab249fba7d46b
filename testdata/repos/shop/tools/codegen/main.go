// Command codegen writes dao files from a table list. It is a module of its own, so that its choices do not bind the shop.
package main

import (
	"fmt"
	"os"

	"github.com/acme/shop/tools/codegen/table"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: codegen tables.sql")
		os.Exit(2)
	}
	b, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "codegen:", err)
		os.Exit(1)
	}
	for _, t := range table.Parse(string(b)) {
		fmt.Printf("// %s has %d columns\n", t.Name, len(t.Columns))
	}
}
