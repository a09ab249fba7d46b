// SPDX-License-Identifier: MIT

// The reference for constraint_driver.c: go/build and go/build/constraint.
//
//	main gen N        prints N build constraint lines, many of them wrong
//	main names N      prints N file names
//	main eval FILE    answers lines of standard input as the driver does
//
// FILE has one configuration a line: GOOS/GOARCH cgo|nocgo RELEASE,... TOOL,... TAG,...
package main

import (
	"bufio"
	"fmt"
	"go/build"
	"go/build/constraint"
	"io"
	"math/rand"
	"os"
	"strconv"
	"strings"
)

var random = rand.New(rand.NewSource(1))

var tags = strings.Fields(`linux windows darwin android ios illumos solaris unix plan9 js wasip1 aix
	amd64 arm64 386 arm wasm riscv64 ppc64le mips gc gccgo cgo ignore race mytag other go1 go1.1 go1.9
	go1.17 go1.18 go1.21 go1.26 go1.27 go1.28 go1.01 go1.0 go1.260 go1.2x go2 boringcrypto
	goexperiment.boringcrypto goexperiment.regabiargs goexperiment.dwarf5 goexperiment.greenteagc
	goexperiment.nosuch amd64.v1 amd64.v2 arm.5 arm.6 arm.7 arm64.v8.0 arm64.v8.1 386.sse2
	386.softfloat mips.hardfloat ppc64le.power8 ppc64le.power9 riscv64.rva20u64 riscv64.rva22u64
	wasm.satconv wasm.signext _ . a.b é 日本 ٣ 9 x_y`)

var junk = []string{"&", "|", "!!", "-", ",", "\"", "$", "é", "²", "\u0300", "\xff", "\xc3", "\xe6\x97",
	"\x00", "\v", "\f", "\r", "\u00a0", "\u2003", "\u200b", "\ufeff", "//", "+", "()", "(", ")", "&&", "||"}

func pick(list []string) string { return list[random.Intn(len(list))] }

func expr(depth int) string {
	switch n := random.Intn(9); {
	case depth <= 0 || n < 3:
		return pick(tags)
	case n < 4:
		return "!" + pick(tags)
	case n < 5:
		return "!(" + expr(depth-1) + ")"
	case n < 6:
		return "(" + expr(depth-1) + ")"
	case n < 8:
		return expr(depth-1) + pick([]string{" && ", "&&", "\t&&  "}) + expr(depth-1)
	}
	return expr(depth-1) + pick([]string{" || ", "||", " ||\t"}) + expr(depth-1)
}

func soup() string {
	var b strings.Builder
	for i := random.Intn(9); i > 0; i-- {
		b.WriteString(pick([]string{pick(tags), pick(junk), " ", "(", ")", "!", "&&", "||", "\t"}))
	}
	return b.String()
}

func mutate(s string) string {
	if s == "" {
		return s
	}
	i := random.Intn(len(s))
	switch random.Intn(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + pick(junk) + s[i:]
	}
	return s[:i]
}

func plus() string {
	var b strings.Builder
	for i := random.Intn(5); i > 0; i-- {
		b.WriteString(pick([]string{" ", "  ", "\t", "\u00a0", "\u2003"}))
		for j := 0; j < 1+random.Intn(3); j++ {
			if j > 0 {
				b.WriteString(",")
			}
			b.WriteString(pick([]string{"", "", "!", "!!", "! "}))
			b.WriteString(pick([]string{pick(tags), pick(tags), pick(junk), ""}))
		}
	}
	return b.String()
}

// The limits came with Go 1.23.1.
func hasLimits() bool {
	for _, tag := range build.Default.ReleaseTags {
		if tag == "go1.24" {
			return true
		}
	}
	return false
}

// Around the limits: 1000 operands, 100 operators.
func large(i int) string {
	n := 990 + i%20
	switch i % 7 {
	case 0:
		return "//go:build " + strings.Repeat("(", n) + "linux" + strings.Repeat(")", n)
	case 1:
		return "//go:build linux" + strings.Repeat(" || linux", n)
	case 2:
		return "//go:build " + strings.Repeat("!(", n) + "linux" + strings.Repeat(")", n)
	case 3:
		return "// +build linux" + strings.Repeat(" x", 90+i%20)
	case 4:
		return "// +build linux" + strings.Repeat(",x", 90+i%20)
	case 5:
		return "//go:build " + strings.Repeat("(", n)
	}
	return "//go:build " + strings.Repeat("(linux && !(", n/2) + "cgo" + strings.Repeat("))", n/2)
}

func line(i int) string {
	if i < 140 && hasLimits() {
		return large(i)
	}
	s := ""
	switch random.Intn(8) {
	case 0, 1, 2:
		s = "//go:build " + expr(1+random.Intn(5))
	case 3:
		s = "//go:build " + soup()
	case 4:
		s = "//go:build " + mutate(expr(3))
	case 5, 6:
		s = "// +build" + plus()
	default:
		s = pick([]string{"//go:build", "// +build", "//+build", "//  \t+build", "//go:buildx", "/go:build",
			"//go:build\u00a0", "// \u2003+build ", "//+buildx ", "// go:build ", " //go:build ", ""}) + soup()
	}
	if random.Intn(10) == 0 {
		s += pick([]string{" ", "\t", "\r", "\v", "\u2028", "\u00a0", "\xa0"})
	}
	return strings.ReplaceAll(s, "\n", "")
}

func name() string {
	parts := []string{pick([]string{"", "a", "zsys", "linux", "test", "x.y", "日本"})}
	for i := random.Intn(4); i > 0; i-- {
		parts = append(parts, pick([]string{pick(tags), pick(tags), "test", "hurd", "zos", "nacl", "sparc64",
			"s390x", "mips64p32le", "loong64", "wasip1", "", "Linux", "unix"}))
	}
	s := strings.Join(parts, "_")
	if s == "" || s[0] == '_' || s[0] == '.' {
		s = "f" + s
	}
	return s + pick([]string{".go", ".go", ".go", ".pb.go", "_test.go"})
}

func contexts(file string) (list []build.Context) {
	data, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		f := strings.Split(line, " ")
		ctxt := build.Default
		ctxt.GOOS, ctxt.GOARCH, _ = strings.Cut(f[0], "/")
		ctxt.CgoEnabled = f[1] == "cgo"
		ctxt.ReleaseTags = strings.Split(f[2], ",")
		ctxt.ToolTags = strings.Split(f[3], ",")
		ctxt.BuildTags = strings.Split(f[4], ",")
		list = append(list, ctxt)
	}
	return list
}

// match asks go/build about one file.
func match(ctxt *build.Context, name, text string) bool {
	ctxt.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	ok, err := ctxt.MatchFile(".", name)
	return ok && err == nil
}

// known caches go/build's answer about one tag.
var known = map[string]bool{}

func matchTag(ctxts []build.Context, i int, tag string) bool {
	key := strconv.Itoa(i) + " " + tag
	ok, seen := known[key]
	if !seen {
		ok = match(&ctxts[i], "f.go", "//go:build "+tag+"\n\npackage f\n")
		known[key] = ok
	}
	return ok
}

func answer(ctxts []build.Context, line string) string {
	if strings.HasSuffix(line, ".go") && !strings.HasPrefix(line, "//") {
		bits := "ok "
		for i := range ctxts {
			bits += bit(match(&ctxts[i], line, "package f\n"))
		}
		return bits
	}
	x, err := constraint.Parse(line)
	if err != nil {
		msg, _, _ := strings.Cut(err.Error(), " at ")
		if strings.HasPrefix(msg, "unexpected token") {
			msg = "unexpected token"
		}
		return "error " + msg
	}
	bits := "ok "
	for i := range ctxts {
		bits += bit(x.Eval(func(tag string) bool { return matchTag(ctxts, i, tag) }))
	}
	return bits
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch os.Args[1] {
	case "gen", "names":
		n, _ := strconv.Atoi(os.Args[2])
		for i := 0; i < n; i++ {
			if os.Args[1] == "gen" {
				fmt.Fprintln(out, line(i))
			} else {
				fmt.Fprintln(out, name())
			}
		}
	case "eval":
		ctxts := contexts(os.Args[2])
		in := bufio.NewReader(os.Stdin)
		for {
			s, err := in.ReadString('\n')
			if err != nil {
				return
			}
			fmt.Fprintln(out, answer(ctxts, strings.TrimSuffix(s, "\n")))
		}
	}
}
