// SPDX-License-Identifier: MIT

// The reference for gomod_driver.c: what `go mod edit -json` and `go work edit -json` say.
//
//	main gen DIR N   writes N go.mod and go.work files, many of them wrong
//	main read        reads file names, prints what the driver prints
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

type version struct{ Path, Version string }

type file struct {
	Module        struct{ Path, Deprecated string }
	Go, Toolchain string
	Require       []struct {
		Path, Version string
		Indirect      bool
	}
	Exclude, Retract, Godebug []any
	Replace                   []struct{ Old, New version }
	Tool, Ignore              []struct{ Path string }
	Use                       []struct{ DiskPath string }
}

// field escapes what would break the line.
func field(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c == '%' || c == 0x7f {
			fmt.Fprintf(&b, "%%%02x", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func read(name string) {
	tool, work := "mod", filepath.Base(name) == "go.work"
	if work {
		tool = "work"
	}
	out, err := exec.Command("go", tool, "edit", "-json", name).Output()
	fmt.Println("file", field(name))
	if err != nil {
		fmt.Println("rejected")
		return
	}
	var f file
	if err := json.Unmarshal(out, &f); err != nil {
		panic(err)
	}
	fmt.Println("module", field(f.Module.Path), field(f.Module.Deprecated))
	if work { // its JSON has no more
		fmt.Println("go", f.Go)
	} else {
		fmt.Println("go", f.Go, field(f.Toolchain))
		fmt.Println("counts", len(f.Exclude), len(f.Retract), len(f.Godebug))
	}
	for _, r := range f.Require {
		fmt.Println("require", field(r.Path), field(r.Version), r.Indirect)
	}
	for _, r := range f.Replace {
		fmt.Println("replace", field(r.Old.Path), field(r.Old.Version), field(r.New.Path), field(r.New.Version))
	}
	for _, t := range f.Tool {
		fmt.Println("tool", field(t.Path))
	}
	for _, t := range f.Ignore {
		fmt.Println("ignore", field(t.Path))
	}
	for _, t := range f.Use {
		fmt.Println("use", field(t.DiskPath))
	}
}

var random = rand.New(rand.NewSource(2))

func pick(list ...string) string { return list[random.Intn(len(list))] }

func path() string {
	return pick("example.com/a", "example.com/b/v2", "example.com/c/v3", "gopkg.in/yaml.v3", "gopkg.in/x.v1",
		"gopkg.in/y.v2-unstable", "gopkg.in/z", "gopkg.in/q.v0", "gopkg.in/q.v0-unstable", "a", "example.com/v1",
		"example.com/x/v0", "example.com/x/v1.2", "example.com/x/v02", `"example.com/quoted"`, `"ex\x61mple.com/q"`,
		"`raw.com/x`", "'single'", `"bad\q"`, `"\u00e9\377"`, `"\ud800"`, "日本.jp/x", "x\"y", "std", "example.com/x/v", "v2",
		"/v2", "x.y/v10", `"sp ace"`)
}

func semver() string {
	return pick("v1.2.3", "v0.0.0-20240101000000-abcdefabcdef", "v2.0.0", "v3.1.0", "v1", "v1.2", "v2.0.0+incompatible",
		"v1.2.3+meta", "v1.0.0-rc.1", "v1.0.0-rc.01", "v1.0.0-", "v01.0.0", "master", "latest", "1.2.3", "v1.2.3.4",
		`"v1.2.3"`, "v0.1.0", "v10.0.0", "v3.0.0-20200101000000-aaaaaaaaaaaa", "v1.2.3+a..b", "v1.2.3-0.a-b+c.d", "V1.0.0",
		"v1.0+x", "v2+incompatible", "v")
}

func directive(work bool) (verb, args string) {
	folder := func() string {
		return pick("./x", "../y", ".", "..", "/abs", `.\win`, `C:\x`, "c:/x", "noslash", "x@v1", "...", "./with\\back",
			`"./quo ted"`, "....", ".hidden", `"./a\nb"`)
	}
	switch random.Intn(13) {
	case 0:
		return "module", path()
	case 1, 2:
		return "go", pick("1.21", "1.21.0", "1.22rc1", "1", "1.021", "v1.21", "1.21.0-x", "1.x", "1.21 1.22", "99.9", "\"1.21\"", "1.2.3.4", "0.1", "1.21.rc1")
	case 3:
		return "toolchain", pick("go1.21.0", "default", "go1", "local", "go2.0", "go1.22-custom", "go1.", "")
	case 4, 5:
		return "require", path() + " " + semver() + pick("", "", " // indirect", " //indirect", " // indirect; x", " // indirect;", " // indirect x", " x")
	case 6:
		return "exclude", path() + " " + semver()
	case 7, 8:
		return "replace", path() + pick("", " "+semver()) + pick(" => ", " =>", "=>", " = > ") + pick(folder(), folder(), path()+" "+semver(), folder()+" v1.0.0", path())
	case 9:
		return "retract", pick("v1.0.0", "[v1.0.0, v1.2.0]", "[v1,v2]", "[v1.0.0]", "[v1.0.0, v1.1.0", "(v1)", "v1 v2", "", "[", "'x'", "[ v1 , v2 ] x", "(", "]")
	case 10:
		return "godebug", pick("default=go1.21", "x=1", "x", "x=1,y=2", "x=\"1\"", "=", "a=b c")
	case 11:
		return pick("tool", "ignore", "use"), pick("./x", "../../y", path(), "a b", "", `"./sp ace"`, ".", "x/...")
	}
	return pick("unknown", "Module", "\"module\"", "=>", ")", "(", "[", ",", "go", "use", "require"), pick("", "x", "()", "( )", "( ) x", "(x)", "x (", "{")
}

func comment() string {
	return pick("", "", "", "", "// plain\n", "// Deprecated: use b\n", "//\n", "\n", "// text\n//\n// Deprecated:   old\n// more\n//\n// end\n",
		"//Deprecated: x\n\n", "\t// in\n", "//\n// Deprecated: y\n", "//\n//\n// Deprecated: z\n//\n")
}

func generate(work bool) string {
	var b strings.Builder
	nl := pick("\n", "\n", "\n", "\r\n")
	if random.Intn(3) > 0 && !work {
		b.WriteString(comment() + "module example.com/m" + pick("", " // Deprecated: tail", " //") + nl)
	}
	for i := random.Intn(6); i > 0; i-- {
		verb, args := directive(work)
		b.WriteString(comment())
		switch random.Intn(3) {
		case 0:
			b.WriteString(verb + pick(" (", "(", "  (  ", " x (") + pick("", " // c") + nl)
			b.WriteString(comment() + "\t" + args + pick("", " // Deprecated: in block") + nl)
			if random.Intn(2) == 0 {
				_, args = directive(work)
				b.WriteString(comment() + args + nl)
			}
			b.WriteString(pick(")", ")", ")", " ) // c", ") x", "") + nl)
		default:
			b.WriteString(verb + pick(" ", "\t", " ", " ", "(", "/**/") + args + pick("", "", "", " // c") + nl)
		}
	}
	s := b.String()
	if random.Intn(4) == 0 && len(s) > 0 {
		i := random.Intn(len(s))
		switch random.Intn(3) {
		case 0:
			s = s[:i]
		case 1:
			s = s[:i] + s[i+1:]
		default:
			s = s[:i] + pick("\x00", "\xff", "\ufeff", "\"", "`", "(", ")", "/*", "//", "\n", "\r", "é", "\u00a0", "\u2028", "\\", ",", "=>", "\u00ad", "\x7f", "\v") + s[i:]
		}
	}
	return pick("", "", "", "", "", "", "", "", "\ufeff", "\n") + s
}

// plausible files are mostly accepted, so that values are compared and not only verdicts.
func plausible() string {
	b := comment() + "module " + pick("example.com/m", `"example.com/m/v2"`, "std") + pick("", " // Deprecated: gone") + "\n"
	b += pick("", "go 1.21\n", "go 1.24.0\ntoolchain go1.24.3\n") + pick("", "godebug default=go1.21\n", "godebug (\n\ta=1\n\n\tb=2\n)\n")
	b += pick("", "require (\n\texample.com/a v1.2.3\n\t// c\n\texample.com/b/v2 v2.0.0 // indirect\n)\n", "require gopkg.in/x.v1 v1.0.0\n")
	b += pick("", "replace example.com/a => ../a\n", "replace (\n\ta v1.0.0 => ./x\n\tb => c.d/e v1.2.3+incompatible\n\t\"q\" => \"./sp ace\"\n)\n")
	b += pick("", "exclude a v1.0.0\n", "retract [v1.0.0, v1.1.0] // bad\n", "retract (\n\tv1\n\t[v2, v3]\n)\n")
	b += pick("", "tool example.com/t\n", "ignore ./node_modules\n", "tool (\n\ta\n\tb/...\n)\nignore (\n./x\n)\n")
	return b
}

func main() {
	if os.Args[1] == "gen" {
		n, _ := strconv.Atoi(os.Args[3])
		for i := 0; i < n; i++ {
			name, text := "go.mod", ""
			switch {
			case i%4 == 3:
				name, text = "go.work", generate(true)
			case i%4 == 2:
				text = plausible()
			default:
				text = generate(false)
			}
			dir := filepath.Join(os.Args[2], strconv.Itoa(i))
			os.Mkdir(dir, 0o777)
			os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666)
			fmt.Println(filepath.Join(dir, name))
		}
		return
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		read(in.Text())
	}
}
