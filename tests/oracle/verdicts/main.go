// SPDX-License-Identifier: MIT

// The reference runs depguard's own analyzer over the files below a folder that a build on this
// machine takes, tests included, as golangci-lint does, but without type-checking anything.
//
//	reference FOLDER <SETTINGS.json
//
// Lines: FILE LINE IMPORT, separated by tabs.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/OpenPeeDeeP/depguard/v2"
	"golang.org/x/tools/go/analysis"
)

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// files are what a pass over the whole tree sees.
func files(top string, fset *token.FileSet) (all []*ast.File) {
	fail(filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		hidden := path != top && (name[0] == '.' || name[0] == '_')
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if hidden || name == "testdata" || name == "vendor" {
				return filepath.SkipDir
			}
			return nil
		}
		if hidden || !strings.HasSuffix(name, ".go") {
			return nil
		}
		if taken, err := build.Default.MatchFile(filepath.Dir(path), name); err != nil || !taken {
			return nil
		}
		if file, err := parser.ParseFile(fset, path, nil, parser.ImportsOnly); err == nil {
			all = append(all, file)
		}
		return nil
	}))
	return all
}

func main() {
	var settings depguard.LinterSettings
	fail(json.NewDecoder(os.Stdin).Decode(&settings))
	analyzer, err := depguard.NewAnalyzer(&settings)
	fail(err)
	top, err := filepath.Abs(os.Args[1])
	fail(err)
	fset := token.NewFileSet()
	pass := &analysis.Pass{Analyzer: analyzer, Fset: fset, Files: files(top, fset)}
	said := map[token.Pos]string{}
	for _, file := range pass.Files {
		for _, spec := range file.Imports {
			said[spec.Pos()], _ = strconv.Unquote(spec.Path.Value)
		}
	}
	pass.Report = func(d analysis.Diagnostic) {
		at := fset.Position(d.Pos)
		fmt.Printf("%s\t%d\t%s\n", at.Filename, at.Line, said[d.Pos])
	}
	_, err = analyzer.Run(pass)
	fail(err)
}
