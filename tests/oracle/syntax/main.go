// SPDX-License-Identifier: MIT

// What go/parser says of the files named on stdin: "ok 0:0 PATH" or "error LINE:COL MESSAGE\tPATH".
// "tree" prints, of those that go/parser takes, how many nodes of each sort there are and a sum over
// their places, "nodes" the nodes themselves; the sorts are those of driver.c.
// "respace DIR" writes each of them, which go/parser must take, in other white space to DIR and
// prints their names.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

func parse(text []byte) error {
	_, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ParseComments|parser.SkipObjectResolution)
	return err
}

func judge(out *bufio.Writer, path string) {
	bytes, err := os.ReadFile(path)
	if err == nil {
		err = parse(bytes)
	}
	if err == nil {
		fmt.Fprintf(out, "ok 0:0 \t%s\n", path)
		return
	}
	at, message := token.Position{}, err.Error()
	if list, ok := err.(scanner.ErrorList); ok && len(list) > 0 {
		at, message = list[0].Pos, list[0].Msg
	}
	fmt.Fprintf(out, "error %d:%d %q\t%s\n", at.Line, at.Column, message, path)
}

type word struct {
	token token.Token
	text  string
}

func scan(bytes []byte) (words []word) {
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", -1, len(bytes)), bytes, nil, 0)
	for {
		_, t, text := s.Scan()
		if t == token.EOF {
			return words
		}
		if text == "" {
			text = t.String()
		}
		words = append(words, word{t, text})
	}
}

// Whether a newline behind it is a semicolon.
func ends(t token.Token) bool {
	switch t {
	case token.IDENT, token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING, token.BREAK, token.CONTINUE,
		token.FALLTHROUGH, token.RETURN, token.INC, token.DEC, token.RPAREN, token.RBRACK, token.RBRACE:
		return true
	}
	return false
}

// Between words, between words that may stand on two lines, and for semicolons.  The first leaves out
// every semicolon that may be left out.
var styles = []struct{ space, line, semicolon string }{
	{" ", " ", ";"}, {" ", " ", " ; "}, {" ", "\n", "\n"}, {"/**/", "/**/", "/*\n*/"}, {" ", " ", "// c\n"},
	{"\t", "\r\n", ";\r\n"},
}

func respace(words []word, style int) []byte {
	var b strings.Builder
	for i, w := range words {
		s := styles[style]
		if w.token == token.SEMICOLON {
			last := i+1 == len(words)
			if style != 0 || !last && words[i+1].token != token.RPAREN && words[i+1].token != token.RBRACE {
				b.WriteString(s.semicolon)
			}
			continue
		}
		b.WriteString(w.text)
		if ends(w.token) {
			b.WriteString(s.space)
		} else {
			b.WriteString(s.line)
		}
	}
	return []byte(b.String())
}

type tree struct {
	out           *bufio.Writer
	file          *token.File
	list          bool
	count, places [128]uint64
	other         map[ast.Node]bool // nodes that are something else for us
}

func (t *tree) add(sort byte, start, end token.Pos) {
	a, b := t.file.Offset(start), 0
	if end.IsValid() {
		b = t.file.Offset(end)
	}
	place := (uint64(a)<<32 | uint64(b)) * 0x9e3779b97f4a7c15
	t.count[sort]++
	t.places[sort] += place ^ place>>29
	if t.list {
		fmt.Fprintf(t.out, "%c %d %d\n", sort, a, b)
	}
}

func (t *tree) names(fields *ast.FieldList) {
	if fields != nil {
		for _, f := range fields.List {
			for _, name := range f.Names {
				t.add('n', name.Pos(), name.End())
			}
		}
	}
}

// Of each sort its first byte; 0 = none.
func sortOf(n ast.Node) byte {
	switch n := n.(type) {
	case *ast.IfStmt:
		return 'i'
	case *ast.ForStmt, *ast.RangeStmt:
		return 'f'
	case *ast.SwitchStmt:
		return 's'
	case *ast.TypeSwitchStmt:
		return 't'
	case *ast.SelectStmt:
		return 'e'
	case *ast.FuncLit:
		return 'l'
	case *ast.FuncDecl:
		return 'd'
	case *ast.BlockStmt:
		return 'b'
	case *ast.BinaryExpr:
		if n.Op != token.OR { // which Go has in constraints too
			return 'o'
		}
	case *ast.CompositeLit:
		return 'C'
	case *ast.CallExpr:
		return 'a'
	case *ast.SelectorExpr:
		return '.'
	case *ast.GoStmt, *ast.DeferStmt:
		return 'g'
	case *ast.IncDecStmt:
		return '+'
	case *ast.SendStmt:
		return '>'
	case *ast.AssignStmt:
		return '='
	case *ast.TypeSpec:
		return 'T'
	case *ast.ValueSpec:
		return 'v'
	case *ast.ImportSpec:
		return 'I'
	case *ast.StructType:
		return 'S'
	case *ast.InterfaceType:
		return 'F'
	case *ast.BasicLit:
		if n.Kind == token.STRING {
			return '"'
		}
		return '1'
	case *ast.Ident:
		return 'x'
	case *ast.TypeAssertExpr:
		return 'A'
	case *ast.SliceExpr:
		return ':'
	case *ast.KeyValueExpr:
		return 'k'
	case *ast.MapType:
		return 'm'
	case *ast.ChanType:
		return 'h'
	case *ast.BranchStmt:
		return 'j'
	}
	return 0
}

func (t *tree) visit(n ast.Node) bool {
	switch n := n.(type) {
	case nil:
		return false
	case *ast.CaseClause, *ast.CommClause:
		t.add('c', n.Pos(), token.NoPos)
		if comm, ok := n.(*ast.CommClause); ok && comm.Comm != nil {
			if _, assign := comm.Comm.(*ast.AssignStmt); assign {
				t.other[comm.Comm] = true
			}
		}
	case *ast.ReturnStmt:
		t.add('r', n.Pos(), token.NoPos)
	case *ast.LabeledStmt:
		t.add('L', n.Pos(), token.NoPos)
	case *ast.SwitchStmt:
		t.other[n.Body] = true
	case *ast.SelectStmt:
		t.other[n.Body] = true
	case *ast.TypeSwitchStmt:
		t.other[n.Body], t.other[n.Assign] = true, true
		if assign, ok := n.Assign.(*ast.AssignStmt); ok {
			t.other[assign.Rhs[0]] = true
		} else {
			t.other[n.Assign.(*ast.ExprStmt).X] = true
		}
	case *ast.FuncType:
		t.names(n.Params)
		t.names(n.Results)
	case *ast.FuncDecl:
		t.names(n.Recv)
	case *ast.StructType:
		t.names(n.Fields)
	case *ast.ImportSpec:
		// Its end is that of its comment's line otherwise.
		t.add('I', n.Pos(), n.Path.End())
		return true
	}
	if sort := sortOf(n); sort != 0 && !t.other[n] {
		t.add(sort, n.Pos(), n.End())
	}
	return true
}

func show(out *bufio.Writer, path string, list bool) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		fmt.Fprintln(out, "-")
		return
	}
	t := tree{out: out, file: files.File(file.Pos()), list: list, other: map[ast.Node]bool{}}
	ast.Inspect(file, t.visit)
	for sort, count := range t.count {
		if count > 0 && !list {
			fmt.Fprintf(out, "%c:%d:%x ", sort, count, t.places[sort])
		}
	}
	if list {
		fmt.Fprintln(out)
	} else {
		fmt.Fprintln(out, ".")
	}
}

func main() {
	in, out := bufio.NewScanner(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for n := 0; in.Scan(); n++ {
		if len(os.Args) < 2 {
			judge(out, in.Text())
			continue
		} else if len(os.Args) < 3 {
			show(out, in.Text(), os.Args[1] == "nodes")
			continue
		}
		bytes, err := os.ReadFile(in.Text())
		if err != nil || parse(bytes) != nil {
			continue
		}
		words := scan(bytes)
		for style := range styles {
			text := respace(words, style)
			if parse(text) != nil {
				continue
			}
			name := filepath.Join(os.Args[2], fmt.Sprintf("%d.%d.go", n, style))
			if err := os.WriteFile(name, text, 0o644); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			fmt.Fprintln(out, name)
		}
	}
}
