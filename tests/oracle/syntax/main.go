// SPDX-License-Identifier: MIT

// What go/parser says of the files named on stdin: "ok 0:0 PATH" or "error LINE:COL MESSAGE\tPATH".
// "respace DIR" writes each of them, which go/parser must take, in other white space to DIR and
// prints their names.
package main

import (
	"bufio"
	"fmt"
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

func main() {
	in, out := bufio.NewScanner(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for n := 0; in.Scan(); n++ {
		if len(os.Args) < 3 {
			judge(out, in.Text())
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
