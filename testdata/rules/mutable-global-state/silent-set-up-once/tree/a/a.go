package a

import "errors"

var ErrGone = errors.New("gone")

var table map[string]int

func init() { table = map[string]int{"a": 1} }

func Get(k string) int {
	table := table
	table[k]++
	return table[k]
}
