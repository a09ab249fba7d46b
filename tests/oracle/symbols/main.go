// SPDX-License-Identifier: MIT

// What every import between the packages that `go list` names uses, as go/types sees it: one line a
// symbol, as symbols_driver.c prints them.  Usage: main < output of go list -deps -json
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
)

type pkg struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	ImportMap  map[string]string
}

type importer struct {
	done map[string]*types.Package
	of   *pkg
}

func (im *importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if real, ok := im.of.ImportMap[path]; ok {
		path = real
	}
	if p := im.done[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("no package %q", path)
}

// What the package declares: a kind for each name.
func kinds(files []*ast.File) (map[string]string, int, int) {
	kind := map[string]string{}
	interfaces, structs := 0, 0
	for _, f := range files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					kind[d.Name.Name] = "function"
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						k := "type"
						switch s.Type.(type) {
						case *ast.StructType:
							k = "struct"
						case *ast.InterfaceType:
							k = "interface"
						}
						kind[s.Name.Name] = k
						if !s.Assign.IsValid() {
							if k == "struct" {
								structs++
							} else if k == "interface" {
								interfaces++
							}
						}
					case *ast.ValueSpec:
						k := "variable"
						if d.Tok == token.CONST {
							k = "constant"
						}
						for _, n := range s.Names {
							kind[n.Name] = k
						}
					}
				}
			}
		}
	}
	return kind, interfaces, structs
}

type edge struct{ lines, blank, dot int }

func main() {
	out := bufio.NewWriter(os.Stdout)
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	fset := token.NewFileSet()
	done := map[string]*types.Package{"unsafe": types.Unsafe}
	declared := map[string]map[string]string{}
	for {
		var p pkg
		if err := in.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			panic(err)
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				panic(err)
			}
			files = append(files, f)
		}
		if len(files) == 0 {
			continue
		}
		kind, interfaces, structs := kinds(files)
		declared[p.ImportPath] = kind
		fmt.Fprintf(out, "types %s %d %d\n", p.ImportPath, interfaces, structs)
		if p.ImportPath == "unsafe" {
			continue
		}
		info := types.Info{Uses: map[*ast.Ident]types.Object{}}
		conf := types.Config{Importer: &importer{done, &p}, Error: func(err error) { fmt.Fprintln(os.Stderr, err) },
			Sizes: types.SizesFor("gc", "amd64"), FakeImportC: true}
		done[p.ImportPath], _ = conf.Check(p.ImportPath, fset, files, &info)
		report(out, &p, files, &info, declared)
	}
	out.Flush()
}

func report(out io.Writer, p *pkg, files []*ast.File, info *types.Info, declared map[string]map[string]string) {
	uses := map[string]map[string]int{}
	edges := map[string]*edge{}
	for _, f := range files {
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if real, ok := p.ImportMap[path]; ok {
				path = real
			}
			e := edges[path]
			if e == nil {
				e = &edge{}
				edges[path] = e
			}
			e.lines++
			if spec.Name != nil && spec.Name.Name == "_" {
				e.blank++
			}
			if spec.Name != nil && spec.Name.Name == "." {
				e.dot++
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if !ok {
				return true
			}
			name, ok := info.Uses[x].(*types.PkgName)
			if !ok || !s.Sel.IsExported() {
				return true
			}
			path := name.Imported().Path()
			if uses[path] == nil {
				uses[path] = map[string]int{}
			}
			uses[path][s.Sel.Name]++
			return true
		})
	}
	for _, to := range sorted(edges) {
		e := edges[to]
		fmt.Fprintf(out, "edge %s %s lines %d blank %d dot %d unread 0\n", p.ImportPath, to, e.lines, e.blank, e.dot)
		for _, name := range sorted(uses[to]) {
			fmt.Fprintf(out, "symbol %s %s %s %s %d\n", p.ImportPath, to, name, declared[to][name], uses[to][name])
		}
	}
}

func sorted[V any](m map[string]V) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
