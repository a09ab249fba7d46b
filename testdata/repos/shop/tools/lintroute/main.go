// Command lintroute finds route paths that are registered twice. It reads files, it does not import the router.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	root := "internal"
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	seen := map[string]string{}
	bad := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch sel.Sel.Name {
			case "GET", "POST", "PUT", "DELETE":
			default:
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			key := filepath.Dir(name) + " " + sel.Sel.Name + " " + lit.Value
			if first, dup := seen[key]; dup && first != name {
				fmt.Printf("%s: %s %s is also in %s\n", name, sel.Sel.Name, lit.Value, first)
				bad++
			}
			seen[key] = name
			return true
		})
		return nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "lintroute:", err)
		os.Exit(2)
	}
	if bad > 0 {
		os.Exit(1)
	}
}
