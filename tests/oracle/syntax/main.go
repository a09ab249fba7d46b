// SPDX-License-Identifier: MIT

// What go/parser says of the files named on stdin: "ok 0:0 PATH" or "error LINE:COL PATH".
package main

import (
	"bufio"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		path := in.Text()
		bytes, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(out, "unreadable 0:0", path)
			continue
		}
		files := token.NewFileSet()
		_, err = parser.ParseFile(files, "", bytes, parser.ParseComments|parser.SkipObjectResolution)
		if err == nil {
			fmt.Fprintln(out, "ok 0:0", path)
			continue
		}
		at := token.Position{}
		if list, ok := err.(scanner.ErrorList); ok && len(list) > 0 {
			at = list[0].Pos
		}
		fmt.Fprintf(out, "error %d:%d %s\n", at.Line, at.Column, path)
		if os.Getenv("WHY") != "" {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
		}
	}
}
