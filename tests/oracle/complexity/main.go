// SPDX-License-Identifier: MIT

// The reference for complexity.py: reads names of Go files from standard input and prints what
// gocyclo, gocognit, go/ast and go/scanner say about them, in lines of fields separated by tabs.
//
//	E path                                           go/parser refuses it
//	F path lines code comments blanks
//	f name line:col-end flags cyclomatic cognitive sonar nesting params results statements code
//	  comments blanks
//	c, g                                             a line of gocyclo, of gocognit
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"strings"

	"github.com/fzipp/gocyclo"
	"github.com/uudashr/gocognit"
)

// The bits of enum func_flag in graph/source/body.h.
const (
	literal = 1 << iota
	gocycloIgnore
	gocognitIgnore
	hasBody
)

type kind byte

const (
	blank kind = iota
	comment
	code
)

// lines says what is on each line: the scanner's tokens and comments, those of several lines too.
func lines(src []byte) []kind {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	n := strings.Count(string(src), "\n")
	if len(src) > 0 && src[len(src)-1] != '\n' {
		n++
	}
	out := make([]kind, n)
	var s scanner.Scanner
	s.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return out
		}
		if tok == token.SEMICOLON && lit != ";" {
			continue
		}
		what := code
		if tok == token.COMMENT {
			what = comment
		}
		first := file.PositionFor(pos, false).Line - 1
		for i := 0; i <= strings.Count(lit, "\n"); i++ {
			out[first+i] = max(out[first+i], what)
		}
	}
}

func count(lines []kind) (n [3]int) {
	for _, k := range lines {
		n[k]++
	}
	return n
}

// numbers walks a function as the specification of each metric says, by plain recursion.
type numbers struct {
	statements, deepest, sonar int
}

func (m *numbers) level(depth int) {
	m.deepest = max(m.deepest, depth+1)
}

func (m *numbers) walkAll(depth int, nodes ...ast.Node) {
	for _, n := range nodes {
		m.walk(n, depth)
	}
}

func isNil(n ast.Node) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *ast.BlockStmt:
		return n == nil
	}
	return false
}

func (m *numbers) ifs(n *ast.IfStmt, depth int, other bool) {
	m.statements++
	if other {
		m.sonar++
	} else {
		m.sonar += 1 + depth
	}
	m.level(depth)
	m.walkAll(depth, n.Init, n.Cond)
	m.walk(n.Body, depth+1)
	switch e := n.Else.(type) {
	case *ast.IfStmt:
		m.ifs(e, depth, true)
	case *ast.BlockStmt:
		m.sonar++
		m.walk(e, depth+1)
	}
}

func (m *numbers) nest(depth int, body *ast.BlockStmt, heads ...ast.Node) {
	m.statements++
	m.sonar += 1 + depth
	m.level(depth)
	m.walkAll(depth, heads...)
	m.walk(body, depth+1)
}

func operators(e ast.Expr, ops []token.Token) []token.Token {
	if b, ok := e.(*ast.BinaryExpr); ok {
		ops = operators(b.X, ops)
		if b.Op == token.LAND || b.Op == token.LOR {
			ops = append(ops, b.Op)
		}
		ops = operators(b.Y, ops)
	}
	return ops
}

func operands(e ast.Expr, out []ast.Node) []ast.Node {
	if b, ok := e.(*ast.BinaryExpr); ok {
		return operands(b.Y, operands(b.X, out))
	}
	return append(out, e)
}

func (m *numbers) walk(node ast.Node, depth int) {
	if isNil(node) {
		return
	}
	switch n := node.(type) {
	case *ast.IfStmt:
		m.ifs(n, depth, false)
		return
	case *ast.ForStmt:
		m.nest(depth, n.Body, n.Init, n.Cond, n.Post)
		return
	case *ast.RangeStmt:
		m.nest(depth, n.Body, n.Key, n.Value, n.X)
		return
	case *ast.SwitchStmt:
		m.nest(depth, n.Body, n.Init, n.Tag)
		return
	case *ast.TypeSwitchStmt:
		m.nest(depth, n.Body, n.Init, n.Assign)
		m.statements-- // the guard is no statement of its own
		return
	case *ast.SelectStmt:
		m.nest(depth, n.Body)
		return
	case *ast.FuncLit:
		m.level(depth)
		m.walk(n.Type, depth)
		m.walk(n.Body, depth+1)
		return
	case *ast.BinaryExpr:
		var last token.Token
		for _, op := range operators(n, nil) {
			if op != last {
				m.sonar++
			}
			last = op
		}
		m.walkAll(depth, operands(n, nil)...)
		return
	case *ast.BranchStmt:
		m.statements++
		if n.Label != nil {
			m.sonar++
		}
		return
	case *ast.BlockStmt, *ast.EmptyStmt, *ast.LabeledStmt, *ast.CaseClause, *ast.CommClause:
	case ast.Stmt:
		m.statements++
	}
	first := true
	ast.Inspect(node, func(child ast.Node) bool {
		if first {
			first = false
			return true
		}
		if child != nil {
			m.walk(child, depth)
		}
		return false
	})
}

// fields counts parameters or results: a name each, a type where there is none.
func fields(list *ast.FieldList) int {
	if list == nil {
		return 0
	}
	return list.NumFields()
}

func ignored(doc *ast.CommentGroup) (flags int) {
	if doc == nil {
		return 0
	}
	for _, c := range doc.List {
		if c.Text == "//gocognit:ignore" {
			flags |= gocognitIgnore
		}
		if rest, ok := strings.CutPrefix(c.Text, "//gocyclo:"); ok && strings.TrimSpace(rest) == "ignore" {
			flags |= gocycloIgnore
		}
	}
	return flags
}

type function struct {
	node  ast.Node
	name  string
	decl  *ast.FuncDecl // of a literal: one that is made up
	flags int
	doc   *ast.CommentGroup
}

// names are gocyclo's, which gocognit shares; they are not exported, so they are taken from Stats.
func names(f *ast.File, fset *token.FileSet) map[token.Pos]string {
	out := map[token.Pos]string{}
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		alone := *fn
		alone.Doc = nil
		stats := gocyclo.AnalyzeASTFile(&ast.File{Name: f.Name, Decls: []ast.Decl{&alone}}, fset, nil)
		out[fn.Pos()] = stats[0].FuncName
	}
	return out
}

func functions(f *ast.File, fset *token.FileSet) (out []function) {
	name := names(f, fset)
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			fn := function{node: d, name: name[d.Pos()], decl: d, doc: d.Doc}
			if d.Body != nil {
				fn.flags = hasBody
			}
			out = append(out, fn)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for i, value := range v.Values {
					lit, ok := value.(*ast.FuncLit)
					if !ok {
						continue
					}
					own := v.Names[0]
					if i < len(v.Names) {
						own = v.Names[i]
					}
					out = append(out, function{node: lit, name: v.Names[0].Name, flags: literal | hasBody, doc: d.Doc,
						decl: &ast.FuncDecl{Name: own, Type: lit.Type, Body: lit.Body}})
				}
			}
		}
	}
	return out
}

func report(w *bufio.Writer, path string) {
	src, err := os.ReadFile(path)
	if err != nil {
		fmt.Fprintf(w, "E\t%s\n", path)
		return
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, src, parser.ParseComments)
	if err != nil {
		fmt.Fprintf(w, "E\t%s\n", path)
		return
	}
	kinds := lines(src)
	n := count(kinds)
	fmt.Fprintf(w, "F\t%s\t%d\t%d\t%d\t%d\n", path, len(kinds), n[code], n[comment], n[blank])
	for _, fn := range functions(f, fset) {
		var m numbers
		for _, part := range []ast.Node{fn.decl.Recv, fn.decl.Type, fn.decl.Body} {
			switch p := part.(type) {
			case *ast.FieldList:
				if p == nil {
					continue
				}
			case *ast.BlockStmt:
				if p == nil {
					continue
				}
			}
			m.walk(part, 0)
		}
		cognitive := gocognit.Complexity(fn.decl)
		at, end := fset.PositionFor(fn.node.Pos(), false), fset.PositionFor(fn.node.End()-1, false)
		n := count(kinds[at.Line-1 : end.Line])
		fmt.Fprintf(w, "f\t%s\t%d:%d-%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", fn.name, at.Line, at.Column,
			end.Line, fn.flags|ignored(fn.doc), gocyclo.Complexity(fn.node), cognitive, m.sonar+recursion(fn.decl),
			m.deepest, fields(fn.decl.Type.Params), fields(fn.decl.Type.Results), m.statements, n[code], n[comment],
			n[blank])
	}
	for _, s := range gocyclo.AnalyzeASTFile(f, fset, nil) {
		fmt.Fprintf(w, "c\t%s\n", s)
	}
	for _, s := range gocognit.ComplexityStats(f, fset, nil) {
		fmt.Fprintf(w, "g\t%s\n", s)
	}
}

// recursion counts the calls that gocognit takes for recursion: its diagnostics name them.
func recursion(fn *ast.FuncDecl) (n int) {
	for _, d := range gocognit.ScanComplexity(fn, true).Diagnostics {
		switch d.Text {
		case "if", "else", "switch", "select", "for", "break", "continue", "goto", "&&", "||":
		default:
			n++
		}
	}
	return n
}

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		report(w, in.Text())
	}
}
