package excel

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Read returns the rows below the head, keyed by the head's cells.
func Read(r io.Reader, sheet string) ([]map[string]string, error) {
	f, err := excelize.OpenReader(r)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if sheet == "" {
		sheet = f.GetSheetName(0)
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		return nil, err
	}
	if len(rows) < 2 {
		return nil, nil
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			if i < len(rows[0]) {
				m[strings.TrimSpace(rows[0][i])] = strings.TrimSpace(cell)
			}
		}
		out = append(out, m)
	}
	return out, nil
}
