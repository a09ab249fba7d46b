package row

import "example.com/mill/hub/store"

type Row struct {
	Cells []Cell
	width int
}

type Cell string

func (r *Row) Add(c Cell) { r.Cells = append(r.Cells, c) }

func Store(r Row) int { return store.Save(string(r.Cells[0])) }
