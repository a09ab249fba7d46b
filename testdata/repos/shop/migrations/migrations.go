// Package migrations embeds the SQL files.
package migrations

import (
	"embed"
	"strings"
)

//go:embed sql/*.sql
var files embed.FS

type File struct {
	Name       string
	Statements []string
}

// All is sorted by name; a statement ends with ";" at the end of a line.
func All() ([]File, error) {
	entries, err := files.ReadDir("sql")
	if err != nil {
		return nil, err
	}
	var out []File
	for _, e := range entries {
		b, err := files.ReadFile("sql/" + e.Name())
		if err != nil {
			return nil, err
		}
		f := File{Name: e.Name()}
		for _, st := range strings.Split(string(b), ";\n") {
			if st = strings.TrimSpace(st); st != "" && !onlyComment(st) {
				f.Statements = append(f.Statements, st)
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func onlyComment(s string) bool {
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "--") {
			return false
		}
	}
	return true
}
