// SPDX-License-Identifier: MIT

// The facts of Go files as go/parser, its object resolution and go/ast tell
// them, one a line, in the form of facts_driver.c.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
)

type role int

const (
	value role = iota
	call
	typ
	signature
	field
	embedded
	literal
	write
	statement // a call whose results nobody takes
)

const (
	useWrite = 1 << iota
	useCall
	useType
)

type use struct{ line, flags, count int }
type useKey struct {
	decl int
	name string
}

type callRecord struct{ line, col int }

// An argument of a call: strings that are all of it belong to the call.
type argument struct {
	call  *callRecord
	index int
}

type facts struct {
	out   *bufio.Writer
	file  *ast.File
	src   []byte
	tok   *token.File
	names map[string]bool // of the package level
	free  map[*ast.Ident]bool

	specs  map[any]bool          // of the package level
	tparam map[any]*ast.TypeSpec // type parameters of these

	decl      int
	decls     int
	types     role
	uses      map[useKey]*use
	order     []useKey
	selectors int
	runs      map[*ast.BasicLit]run
	docs      []docSpan
}

type run struct {
	skip bool
	more []*ast.BasicLit
	next bool
}

type docSpan struct{ first, last, decl int }

func quote(s string) string {
	if s == "" {
		return "-"
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] == '%' || s[i] >= 0x7f {
			fmt.Fprintf(&b, "%%%02x", s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func (f *facts) at(p token.Pos) (int, int) {
	q := f.tok.PositionFor(p, false)
	return q.Line, q.Column
}

func (f *facts) line(p token.Pos) int {
	l, _ := f.at(p)
	return l
}

// ---- types as text

const cutTypes = 4096

func (f *facts) source(from, to token.Pos) string {
	text := f.src[f.tok.Offset(from):f.tok.Offset(to)]
	var s scanner.Scanner
	fs := token.NewFileSet()
	s.Init(fs.AddFile("", fs.Base(), len(text)), text, func(token.Position, string) {}, 0)
	out := ""
	for {
		_, t, lit := s.Scan()
		if t == token.EOF {
			return out
		}
		if t == token.SEMICOLON && lit == "\n" {
			continue
		}
		if lit == "" || t.IsOperator() {
			lit = t.String()
		}
		word := func(c byte) bool {
			return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
		}
		if out != "" && (word(out[len(out)-1]) && word(lit[0]) || out[len(out)-1] == ',') {
			out += " "
		}
		out += lit
	}
}

func (f *facts) params(list *ast.FieldList) []string {
	var out []string
	if list == nil {
		return nil
	}
	for _, p := range list.List {
		t := f.text(p.Type)
		for i := 0; i < max(1, len(p.Names)); i++ {
			out = append(out, t)
		}
	}
	return out
}

func (f *facts) funcText(t *ast.FuncType) string {
	out := ""
	if t.TypeParams != nil {
		out = f.typeParams(t.TypeParams)
	}
	out += "(" + strings.Join(f.params(t.Params), ", ") + ")"
	r := f.params(t.Results)
	if len(r) == 1 {
		return out + " " + r[0]
	} else if len(r) > 1 {
		return out + " (" + strings.Join(r, ", ") + ")"
	}
	return out
}

func (f *facts) typeParams(list *ast.FieldList) string {
	var out []string
	for _, p := range list.List {
		for _, n := range p.Names {
			out = append(out, n.Name+" "+f.text(p.Type))
		}
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func (f *facts) fieldTexts(list *ast.FieldList) []string {
	var out []string
	for _, p := range list.List {
		t := f.text(p.Type)
		if p.Tag != nil {
			t += " " + p.Tag.Value
		}
		for _, n := range p.Names {
			out = append(out, n.Name+" "+t)
		}
		if p.Names == nil {
			out = append(out, t)
		}
	}
	return out
}

func (f *facts) elemTexts(list *ast.FieldList) []string {
	var out []string
	for _, p := range list.List {
		t := f.text(p.Type)
		if len(p.Names) > 0 {
			t = p.Names[0].Name + strings.TrimPrefix(t, "func")
		}
		out = append(out, t)
	}
	return out
}

func (f *facts) text(e ast.Expr) string {
	switch e := e.(type) {
	case nil:
		return ""
	case *ast.Ident:
		switch e.Name {
		case "uint8":
			return "byte"
		case "rune":
			return "int32"
		}
		return e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			if path, ok := f.pathOf(x.Name); ok {
				return path + "." + e.Sel.Name
			}
			return x.Name + "." + e.Sel.Name
		}
	case *ast.ParenExpr:
		return f.text(e.X)
	case *ast.StarExpr:
		return "*" + f.text(e.X)
	case *ast.UnaryExpr:
		return "~" + f.text(e.X)
	case *ast.BinaryExpr:
		return f.text(e.X) + " | " + f.text(e.Y)
	case *ast.IndexExpr:
		return f.text(e.X) + "[" + f.text(e.Index) + "]"
	case *ast.IndexListExpr:
		var out []string
		for _, i := range e.Indices {
			out = append(out, f.text(i))
		}
		return f.text(e.X) + "[" + strings.Join(out, ", ") + "]"
	case *ast.ArrayType:
		n := ""
		if _, ok := e.Len.(*ast.Ellipsis); ok {
			n = "..."
		} else if e.Len != nil {
			n = f.source(e.Len.Pos(), e.Len.End())
		}
		return "[" + n + "]" + f.text(e.Elt)
	case *ast.MapType:
		return "map[" + f.text(e.Key) + "]" + f.text(e.Value)
	case *ast.ChanType:
		t := f.text(e.Value)
		switch e.Dir {
		case ast.SEND:
			return "chan<- " + t
		case ast.RECV:
			return "<-chan " + t
		}
		if strings.HasPrefix(t, "<-") {
			t = "(" + t + ")"
		}
		return "chan " + t
	case *ast.Ellipsis:
		return "..." + f.text(e.Elt)
	case *ast.FuncType:
		return "func" + f.funcText(e)
	case *ast.StructType:
		return "struct{" + strings.Join(f.fieldTexts(e.Fields), "; ") + "}"
	case *ast.InterfaceType:
		if len(e.Methods.List) == 0 {
			return "any"
		}
		return "interface{" + strings.Join(f.elemTexts(e.Methods), "; ") + "}"
	}
	return f.source(e.Pos(), e.End())
}

func (f *facts) cutText(s string) string {
	return s[:min(len(s), cutTypes)]
}

// ---- declarations

const (
	exported = 1 << iota
	pointer
	alias
	generic
	body
	isStruct
	isInterface
	grouped
)

func (f *facts) printDecl(kind, flags int, name *ast.Ident, receiver string, from, to token.Pos, doc int, sig string) {
	if ast.IsExported(name.Name) {
		flags |= exported
	}
	l, c := f.at(name.Pos())
	fmt.Fprintf(f.out, "decl %d %x %s %s %d:%d %d-%d doc %d %s\n", kind, flags, quote(name.Name), quote(receiver), l, c,
		f.line(from), f.line(to-1), doc, quote(f.cutText(sig)))
}

func ownName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return ownName(e.X)
	case *ast.IndexExpr:
		return ownName(e.X)
	case *ast.IndexListExpr:
		return ownName(e.X)
	}
	return ""
}

// A name, maybe of another package, maybe with type arguments.
func isNamed(e ast.Expr) bool {
	_, star := e.(*ast.StarExpr)
	return !star && ownName(e) != ""
}

func (f *facts) member(kind int, at token.Pos, name, text string, tag *ast.BasicLit) {
	t := ""
	if tag != nil {
		t, _ = strconv.Unquote(tag.Value)
	}
	fmt.Fprintf(f.out, "member %d %d %s %s %s\n", kind, f.line(at), quote(name), quote(f.cutText(text)), quote(t))
}

func (f *facts) members(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.StructType:
		for _, p := range e.Fields.List {
			for _, n := range p.Names {
				f.member(0, n.Pos(), n.Name, f.text(p.Type), p.Tag)
			}
			if p.Names == nil {
				at := p.Type.Pos()
				if s, ok := p.Type.(*ast.StarExpr); ok {
					at = s.X.Pos()
				}
				f.member(1, at, ownName(p.Type), f.text(p.Type), p.Tag)
			}
		}
	case *ast.InterfaceType:
		for _, p := range e.Methods.List {
			if len(p.Names) > 0 {
				f.member(2, p.Names[0].Pos(), p.Names[0].Name, strings.TrimPrefix(f.text(p.Type), "func"), nil)
			} else if isNamed(p.Type) {
				f.member(1, p.Type.Pos(), ownName(p.Type), f.text(p.Type), nil)
			} else {
				f.member(3, p.Type.Pos(), "", f.text(p.Type), nil)
			}
		}
	}
}

func (f *facts) doc(g *ast.CommentGroup, decl int) int {
	if g == nil {
		return 0
	}
	f.docs = append(f.docs, docSpan{f.line(g.Pos()), f.line(g.End() - 1), decl})
	return f.line(g.Pos())
}

func (f *facts) declare(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		kind, flags, recv := 0, 0, ""
		if d.Recv != nil {
			kind = 1
		}
		if d.Recv.NumFields() > 0 {
			t := ast.Unparen(d.Recv.List[0].Type)
			if s, ok := t.(*ast.StarExpr); ok {
				flags |= pointer
				t = ast.Unparen(s.X)
			}
			switch x := t.(type) {
			case *ast.IndexExpr:
				t = x.X
			case *ast.IndexListExpr:
				t = x.X
			}
			if x, ok := t.(*ast.Ident); ok {
				recv = x.Name
			}
		}
		if d.Body != nil {
			flags |= body
		}
		if d.Type.TypeParams != nil {
			flags |= generic
		}
		f.printDecl(kind, flags, d.Name, recv, d.Pos(), d.End(), f.doc(d.Doc, f.decls), f.funcText(d.Type))
		f.decls++
	case *ast.GenDecl:
		first := true
		for _, s := range d.Specs {
			from, to, flags := d.Pos(), d.End(), 0
			if d.Lparen.IsValid() {
				from, to = s.Pos(), s.End()
				if !first {
					flags |= grouped
				}
			}
			first = false
			switch s := s.(type) {
			case *ast.ValueSpec:
				g := d.Doc
				if d.Lparen.IsValid() {
					g = s.Doc
				}
				kind := 3
				if d.Tok == token.CONST {
					kind = 4
				}
				doc := f.doc(g, f.decls)
				for _, n := range s.Names {
					f.printDecl(kind, flags, n, "", from, to, doc, f.text(s.Type))
					if d.Lparen.IsValid() {
						flags |= grouped
					}
					f.decls++
				}
			case *ast.TypeSpec:
				g := d.Doc
				if d.Lparen.IsValid() {
					g = s.Doc
				}
				sig := ""
				if s.TypeParams != nil {
					flags |= generic
					sig = f.typeParams(s.TypeParams) + " "
				}
				if s.Assign.IsValid() {
					flags |= alias
				}
				switch t := ast.Unparen(s.Type).(type) {
				case *ast.StructType:
					flags |= isStruct
					sig += "struct"
				case *ast.InterfaceType:
					flags |= isInterface
					sig += "interface"
				default:
					sig += f.text(t)
				}
				f.printDecl(2, flags, s.Name, "", from, to, f.doc(g, f.decls), sig)
				f.decls++
				f.members(s.Type)
			}
		}
	}
}

// ---- names

func (f *facts) addUse(x *ast.Ident, r role) {
	flags := 0
	switch r {
	case value:
	case call, statement:
		flags = useCall
	case write:
		flags = useWrite
	default:
		flags = useType
	}
	k := useKey{f.decl, x.Name}
	u := f.uses[k]
	if u == nil {
		u = &use{line: f.line(x.Pos())}
		f.uses[k] = u
		f.order = append(f.order, k)
	} else if flags&useWrite != 0 && u.flags&useWrite == 0 {
		u.line = f.line(x.Pos())
	}
	u.flags |= flags
	u.count++
}

// 0: bound by a block; 1: of this file's package level; 2: by neither.
func (f *facts) scope(x *ast.Ident) int {
	switch {
	case x.Name == "_" || x.Name == "nil" || x.Name == "true" || x.Name == "false" || x.Name == "iota":
		return 0
	case f.free[x]:
		if f.names[x.Name] {
			return 1
		}
		return 2
	case x.Obj == nil:
		return 0
	case x.Obj == f.file.Scope.Objects[x.Name], f.specs[x.Obj.Decl]:
		return 1
	}
	// In type ( A[T any] ...; B ... ) go/parser keeps T for what follows in the group.
	if s := f.tparam[x.Obj.Decl]; s != nil && (x.Pos() < s.Pos() || x.Pos() >= s.End()) {
		if f.names[x.Name] {
			return 1
		}
		return 2
	}
	return 0
}

func (f *facts) name(x *ast.Ident, r role) {
	if f.scope(x) > 0 {
		f.addUse(x, r)
	}
}

func (f *facts) selector(e *ast.SelectorExpr, r role) {
	f.selectors++
	x, ok := e.X.(*ast.Ident)
	if !ok {
		if r != write {
			r = value
		}
		f.expr(e.X, r, nil)
		return
	}
	switch f.scope(x) {
	case 1:
		if r != write {
			r = value
		}
		f.addUse(x, r)
	case 2:
		l, c := f.at(x.Pos())
		more := ""
		if ast.IsExported(e.Sel.Name) {
			more = " exported"
		}
		fmt.Fprintf(f.out, "ref %d:%d %s %s role %d decl %d%s\n", l, min(c, 65535), quote(x.Name), quote(e.Sel.Name), r, f.decl, more)
	}
}

func (f *facts) as(r role, walk func()) {
	old := f.types
	f.types = r
	walk()
	f.types = old
}

// Inside of a declared type: the types of a signature.
func (f *facts) inSignature(walk func()) {
	if f.types == field {
		f.as(signature, walk)
	} else {
		walk()
	}
}

func (f *facts) typeOf(e ast.Expr) {
	if e != nil {
		f.expr(e, f.types, nil)
	}
}

// ~A | B
func (f *facts) constraint(e ast.Expr) {
	switch x := e.(type) {
	case *ast.BinaryExpr:
		f.constraint(x.X)
		f.constraint(x.Y)
	case *ast.UnaryExpr:
		f.constraint(x.X)
	default:
		f.typeOf(e)
	}
}

func (f *facts) fields(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, p := range list.List {
		f.typeOf(p.Type)
	}
}

func (f *facts) tparams(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, p := range list.List {
		f.constraint(p.Type)
	}
}

func (f *facts) exprs(list []ast.Expr, r role) {
	for _, e := range list {
		f.expr(e, r, nil)
	}
}

func (f *facts) index(x ast.Expr, list []ast.Expr, r role) {
	f.expr(x, r, nil)
	switch r {
	case value, call, statement, write:
		f.exprs(list, value)
	case typ:
		f.exprs(list, typ)
	default:
		f.exprs(list, f.types)
	}
}

func (f *facts) expr(e ast.Expr, r role, arg *argument) {
	switch e := e.(type) {
	case nil:
	case *ast.Ident:
		f.name(e, r)
	case *ast.SelectorExpr:
		f.selector(e, r)
	case *ast.ParenExpr:
		f.expr(e.X, r, arg)
	case *ast.StarExpr:
		if r == call || r == statement {
			r = typ
		}
		f.expr(e.X, r, nil)
	case *ast.IndexExpr:
		f.index(e.X, []ast.Expr{e.Index}, r)
	case *ast.IndexListExpr:
		f.index(e.X, e.Indices, r)
	case *ast.ArrayType:
		if _, ok := e.Len.(*ast.Ellipsis); !ok {
			f.expr(e.Len, value, nil)
		}
		f.typeOf(e.Elt)
	case *ast.MapType:
		f.typeOf(e.Key)
		f.typeOf(e.Value)
	case *ast.ChanType:
		f.typeOf(e.Value)
	case *ast.Ellipsis:
		f.typeOf(e.Elt)
	case *ast.FuncType:
		f.fields(e.Params)
		f.fields(e.Results)
	case *ast.StructType:
		for _, p := range e.Fields.List {
			if p.Names == nil {
				f.expr(p.Type, embedded, nil)
			} else {
				f.typeOf(p.Type)
			}
		}
	case *ast.InterfaceType:
		for _, p := range e.Methods.List {
			if p.Names == nil && isNamed(p.Type) {
				f.expr(p.Type, embedded, nil)
			} else {
				f.inSignature(func() { f.constraint(p.Type) })
			}
		}
	case *ast.CompositeLit:
		f.composite(e)
	case *ast.FuncLit:
		f.fields(e.Type.Params)
		f.fields(e.Type.Results)
		f.stmt(e.Body)
	case *ast.CallExpr:
		f.callExpr(e, 0, call)
	case *ast.TypeAssertExpr:
		f.expr(e.X, value, nil)
		f.typeOf(e.Type)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			f.expr(e.X, write, nil)
		} else {
			f.expr(e.X, value, nil)
		}
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			f.expr(e.X, value, nil)
			f.expr(e.Y, value, nil)
			return
		}
		f.sum(e)
		f.expr(e.X, value, arg)
		f.expr(e.Y, value, arg)
	case *ast.SliceExpr:
		f.expr(e.X, value, nil)
		f.expr(e.Low, value, nil)
		f.expr(e.High, value, nil)
		f.expr(e.Max, value, nil)
	case *ast.KeyValueExpr:
		if _, ok := e.Key.(*ast.Ident); !ok {
			f.expr(e.Key, value, nil)
		}
		f.expr(e.Value, value, nil)
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			f.str(e, arg)
		}
	default:
		panic(fmt.Sprintf("%T", e))
	}
}

func (f *facts) composite(e *ast.CompositeLit) {
	if e.Type != nil {
		l, c := f.at(e.Pos())
		fmt.Fprintf(f.out, "literal %d:%d %s decl %d\n", l, c, quote(f.cutText(f.text(e.Type))), f.decl)
		if isNamed(e.Type) {
			f.expr(e.Type, literal, nil)
		} else {
			f.typeOf(e.Type)
		}
	}
	f.exprs(e.Elts, value)
}

func callee(e ast.Expr) ast.Expr {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		default:
			return e
		}
	}
}

func dotted(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name, true
	case *ast.SelectorExpr:
		s, ok := dotted(e.X)
		return s + "." + e.Sel.Name, ok
	}
	return "", false
}

func (f *facts) callExpr(e *ast.CallExpr, flags int, r role) {
	var record *callRecord
	var name *ast.Ident
	qualifier := ""
	switch x := callee(e.Fun).(type) {
	case *ast.Ident:
		name = x
	case *ast.SelectorExpr:
		name = x.Sel
		s, ok := dotted(x.X)
		if !ok {
			s = "()"
		}
		qualifier = s
	}
	if e.Ellipsis.IsValid() {
		flags |= 4
	}
	if name != nil {
		l, c := f.at(name.Pos())
		c = min(c, 65535)
		record = &callRecord{l, c}
		fmt.Fprintf(f.out, "call %d:%d %s %s decl %d args %d flags %x\n", l, c, quote(qualifier), quote(name.Name), f.decl, min(len(e.Args), 255), flags)
	}
	f.expr(e.Fun, r, nil)
	for i, a := range e.Args {
		r := value
		if x, ok := ast.Unparen(e.Fun).(*ast.Ident); ok && i == 0 && (x.Name == "new" || x.Name == "make") && f.scope(x) == 2 {
			r = typ
		}
		f.expr(a, r, &argument{record, i})
	}
}

// ---- strings

const cutStrings = 4096

func (f *facts) sum(e *ast.BinaryExpr) {
	var list []ast.Expr
	var x ast.Expr = e
	for {
		b, ok := x.(*ast.BinaryExpr)
		if !ok || b.Op != token.ADD {
			break
		}
		list = append(list, b.Y)
		x = b.X
	}
	list = append(list, x)
	var head *ast.BasicLit
	for i := len(list) - 1; i >= 0; i-- {
		b, ok := list[i].(*ast.BasicLit)
		ok = ok && b.Kind == token.STRING
		if ok && f.runs[b].skip {
			return // inside of a sum that was seen as a whole
		}
		if !ok {
			if head != nil {
				r := f.runs[head]
				r.next = true
				f.runs[head] = r
			}
			head = nil
		} else if head == nil {
			if _, seen := f.runs[b]; seen {
				return
			}
			head = b
			f.runs[b] = run{}
		} else {
			r := f.runs[head]
			r.more = append(r.more, b)
			f.runs[head] = r
			f.runs[b] = run{skip: true}
		}
	}
}

func (f *facts) str(e *ast.BasicLit, arg *argument) {
	r := f.runs[e]
	if r.skip {
		return
	}
	flags := 0
	if e.Value[0] == '`' {
		flags |= 1
	}
	s, _ := strconv.Unquote(e.Value)
	clip := func() {
		if i := strings.IndexByte(s, 0); i >= 0 {
			s = s[:i]
			flags |= 16
		}
	}
	clip()
	for _, m := range r.more {
		flags |= 2
		if len(s) <= cutStrings && flags&16 == 0 {
			t, _ := strconv.Unquote(m.Value)
			s += t
			clip()
		}
	}
	if r.next {
		flags |= 8
	}
	if len(s) > cutStrings {
		n := cutStrings
		for n > 0 && s[n]&0xc0 == 0x80 {
			n--
		}
		s = s[:n]
		flags |= 4
	}
	l, c := f.at(e.Pos())
	cl, cc, index := 0, 0, 0
	if arg != nil && arg.call != nil {
		cl, cc, index = arg.call.line, arg.call.col, min(arg.index, 255)
	}
	fmt.Fprintf(f.out, "string %d:%d %s decl %d call %d:%d arg %d flags %x\n", l, min(c, 65535), quote(s), f.decl, cl, cc, index, flags)
}

// ---- statements

func (f *facts) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *facts) left(list []ast.Expr, define bool) {
	for _, e := range list {
		if e == nil {
			continue
		}
		if !define {
			f.expr(e, write, nil)
		} else if _, ok := e.(*ast.Ident); !ok {
			f.expr(e, value, nil)
		}
	}
}

func (f *facts) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case nil, *ast.BadStmt, *ast.EmptyStmt, *ast.BranchStmt:
	case *ast.DeclStmt:
		f.gen(s.Decl.(*ast.GenDecl), false)
	case *ast.LabeledStmt:
		f.stmt(s.Stmt)
	case *ast.ExprStmt:
		if e, ok := s.X.(*ast.CallExpr); ok {
			f.callExpr(e, 0, statement)
		} else {
			f.expr(s.X, value, nil)
		}
	case *ast.SendStmt:
		f.expr(s.Chan, value, nil)
		f.expr(s.Value, value, nil)
	case *ast.IncDecStmt:
		f.expr(s.X, write, nil)
	case *ast.AssignStmt:
		f.left(s.Lhs, s.Tok == token.DEFINE)
		f.exprs(s.Rhs, value)
	case *ast.GoStmt:
		f.callExpr(s.Call, 1, statement)
	case *ast.DeferStmt:
		f.callExpr(s.Call, 2, statement)
	case *ast.ReturnStmt:
		f.exprs(s.Results, value)
	case *ast.BlockStmt:
		if s != nil {
			f.stmts(s.List)
		}
	case *ast.IfStmt:
		f.stmt(s.Init)
		f.expr(s.Cond, value, nil)
		f.stmt(s.Body)
		f.stmt(s.Else)
	case *ast.CaseClause:
		f.exprs(s.List, value)
		f.stmts(s.Body)
	case *ast.SwitchStmt:
		f.stmt(s.Init)
		f.expr(s.Tag, value, nil)
		f.stmt(s.Body)
	case *ast.TypeSwitchStmt:
		f.stmt(s.Init)
		f.stmt(s.Assign)
		for _, c := range s.Body.List {
			for _, e := range c.(*ast.CaseClause).List {
				f.typeOf(e)
			}
			f.stmts(c.(*ast.CaseClause).Body)
		}
	case *ast.CommClause:
		f.stmt(s.Comm)
		f.stmts(s.Body)
	case *ast.SelectStmt:
		f.stmt(s.Body)
	case *ast.ForStmt:
		f.stmt(s.Init)
		f.expr(s.Cond, value, nil)
		f.stmt(s.Post)
		f.stmt(s.Body)
	case *ast.RangeStmt:
		f.left([]ast.Expr{s.Key, s.Value}, s.Tok == token.DEFINE)
		f.expr(s.X, value, nil)
		f.stmt(s.Body)
	default:
		panic(fmt.Sprintf("%T", s))
	}
}

func (f *facts) gen(d *ast.GenDecl, top bool) {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.ValueSpec:
			if top {
				f.decl = f.decls
				f.decls += len(s.Names)
				f.as(signature, func() { f.typeOf(s.Type) })
			} else {
				f.typeOf(s.Type)
			}
			for i, v := range s.Values {
				f.expr(v, value, nil)
				if top && len(s.Values) == len(s.Names) && i+1 < len(s.Values) {
					f.decl++
				}
			}
		case *ast.TypeSpec:
			if !top {
				f.tparams(s.TypeParams)
				f.typeOf(s.Type)
				break
			}
			f.decl = f.decls
			f.decls++
			f.as(signature, func() { f.tparams(s.TypeParams) })
			f.as(field, func() {
				if _, ok := s.Type.(*ast.FuncType); ok {
					f.inSignature(func() { f.typeOf(s.Type) })
				} else {
					f.typeOf(s.Type)
				}
			})
		}
		if top {
			f.decl = -1
		}
	}
}

func (f *facts) refer(d ast.Decl) {
	switch d := d.(type) {
	case *ast.GenDecl:
		f.gen(d, true)
	case *ast.FuncDecl:
		f.decl = f.decls
		f.decls++
		f.as(signature, func() {
			f.fields(d.Recv)
			f.tparams(d.Type.TypeParams)
			f.fields(d.Type.Params)
			f.fields(d.Type.Results)
		})
		f.stmt(d.Body)
		f.decl = -1
	}
}

func (f *facts) directives() {
	for _, g := range f.file.Comments {
		for _, c := range g.List {
			if !strings.HasPrefix(c.Text, "//") {
				continue
			}
			t := strings.TrimSpace(c.Text[2:])
			rest, ok := strings.CutPrefix(t, "domain")
			if ok {
				rest, ok = strings.CutPrefix(strings.TrimSpace(rest), ":")
				ok = ok && len(strings.Fields(rest)) == 1
			}
			if !ok && !strings.HasPrefix(c.Text, "//meshctl:") {
				continue
			}
			line := f.line(c.Pos())
			decl, trailing := -1, 0
			for _, d := range f.docs {
				if line >= d.first && line <= d.last {
					decl = d.decl
				}
			}
			start := f.tok.Offset(f.tok.LineStart(line))
			if strings.TrimSpace(string(f.src[start:f.tok.Offset(c.Pos())])) != "" {
				trailing = 1
			}
			fmt.Fprintf(f.out, "directive %d %s decl %d trailing %d\n", line, quote(t), decl, trailing)
		}
	}
}

// ---- names of packages

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func segmentOf(path string) string {
	s := strings.Split(path, "/")
	last := s[len(s)-1]
	if len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" && last != "v0" && last != "v1" && len(s) > 1 {
		return s[len(s)-2]
	}
	return last
}

// The words of s, lower bounds of what a name is made of.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && !wordByte(byte(r)) })
}

func fit(path, name string) int {
	segment := segmentOf(path)
	if name == segment || strings.HasSuffix("/"+path, "/"+name) {
		return 3
	}
	if len(segment) > 3 && (strings.HasPrefix(segment, "go-") || strings.HasPrefix(segment, "go.")) {
		segment = segment[3:]
	}
	i := strings.IndexFunc(segment, func(r rune) bool { return r != '_' && r < 0x80 && !wordByte(byte(r)) })
	if i >= 0 {
		segment = segment[:i]
	}
	if name == segment {
		return 2
	}
	words, plain := wordsOf(path), strings.ReplaceAll(name, "_", "")
	for i := range words {
		for k := i + 1; k <= len(words); k++ {
			if strings.Join(words[i:k], "") == plain {
				return 1
			}
		}
	}
	return 0
}

// The import path of a qualifier, as far as the file tells.
func (f *facts) pathOf(name string) (string, bool) {
	found, best := "", 0
	for _, im := range f.file.Imports {
		path, _ := strconv.Unquote(im.Path.Value)
		if im.Name != nil {
			if im.Name.Name == name {
				return path, true
			}
			continue
		}
		if n := fit(path, name); n > 0 && n >= best {
			if n == best {
				found = ""
			} else {
				found = path
			}
			best = n
		}
	}
	return found, found != ""
}

func one(to *bufio.Writer, name string) {
	src, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments)
	fmt.Fprintf(to, "file %s\n", name)
	if err != nil {
		fmt.Fprintf(to, "rejected\n")
		return
	}
	var text strings.Builder
	out := bufio.NewWriter(&text)
	f := &facts{out: out, file: file, src: src, tok: fset.File(file.FileStart), decl: -1, types: typ, names: map[string]bool{},
		free: map[*ast.Ident]bool{}, specs: map[any]bool{}, tparam: map[any]*ast.TypeSpec{}, uses: map[useKey]*use{}, runs: map[*ast.BasicLit]run{}}
	for _, x := range file.Unresolved {
		f.free[x] = true
	}
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok {
			for _, s := range g.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					f.names[s.Name.Name] = true
					f.specs[s] = true
					if s.TypeParams != nil {
						for _, p := range s.TypeParams.List {
							f.tparam[p] = s
						}
					}
				case *ast.ValueSpec:
					for _, n := range s.Names {
						f.names[n.Name] = true
					}
				}
			}
		}
		f.declare(d)
	}
	f.decls = 0
	for _, d := range file.Decls {
		f.refer(d)
	}
	for _, k := range f.order {
		u := f.uses[k]
		fmt.Fprintf(out, "use %s line %d decl %d flags %x count %d\n", quote(k.name), u.line, k.decl, u.flags, u.count)
	}
	f.directives()
	fmt.Fprintf(out, "selectors %d\n", f.selectors)
	out.Flush()
	lines := strings.Split(strings.TrimSuffix(text.String(), "\n"), "\n")
	sort.Strings(lines)
	for _, l := range lines {
		fmt.Fprintln(to, l)
	}
}

func main() {
	debug.SetMaxStack(1 << 30)
	out := bufio.NewWriter(os.Stdout)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		one(out, in.Text())
	}
	out.Flush()
}
