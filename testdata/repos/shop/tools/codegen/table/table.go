// Package table reads CREATE TABLE statements.
package table

import (
	"regexp"
	"strings"
)

type Table struct {
	Name    string
	Columns []string
}

var (
	create = regexp.MustCompile("CREATE TABLE (?:IF NOT EXISTS )?`(\\w+)`")
	column = regexp.MustCompile("^\\s+`(\\w+)`")
)

// Parse is line based; the migrations are formatted by the same hand.
func Parse(sql string) []Table {
	var out []Table
	for _, line := range strings.Split(sql, "\n") {
		if m := create.FindStringSubmatch(line); m != nil {
			out = append(out, Table{Name: m[1]})
			continue
		}
		if m := column.FindStringSubmatch(line); m != nil && len(out) > 0 {
			t := &out[len(out)-1]
			t.Columns = append(t.Columns, m[1])
		}
	}
	return out
}
