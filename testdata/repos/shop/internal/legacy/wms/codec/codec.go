// Package codec reads the fixed-width files of the warehouse (GBK era, digits only are used).
package codec

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

type Line struct {
	DocNo       string
	SkuID       int64
	WarehouseID int64
	Delta       int64
}

// Decode reads 12 + 12 + 6 + 8 columns; a line of "EOF" ends the file.
func Decode(r io.Reader) ([]Line, error) {
	var out []Line
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		s := sc.Text()
		if s == "EOF" {
			return out, nil
		}
		if len(s) < 38 {
			return nil, fmt.Errorf("line %d: %d columns", n, len(s))
		}
		var l Line
		var err error
		l.DocNo = strings.TrimSpace(s[:12])
		for _, f := range []struct {
			to   *int64
			text string
		}{{&l.SkuID, s[12:24]}, {&l.WarehouseID, s[24:30]}, {&l.Delta, s[30:38]}} {
			if *f.to, err = strconv.ParseInt(strings.TrimSpace(f.text), 10, 64); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		}
		out = append(out, l)
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	return nil, errors.New("no EOF line, the file is cut")
}
