package excel

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Table is for everything that has no writer of its own.
type Table struct {
	Sheet string
	Head  []string
	Rows  [][]any
}

func (t *Table) Add(cells ...any) { t.Rows = append(t.Rows, cells) }

func (t *Table) Write(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", t.Sheet); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(t.Sheet)
	if err != nil {
		return err
	}
	head := make([]any, len(t.Head))
	for i, h := range t.Head {
		head[i] = h
	}
	if err := sw.SetRow("A1", head); err != nil {
		return err
	}
	for i, r := range t.Rows {
		if err := sw.SetRow(fmt.Sprintf("A%d", i+2), r); err != nil {
			return err
		}
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
