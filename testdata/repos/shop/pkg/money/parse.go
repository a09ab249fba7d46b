package money

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Parse reads "12", "12.3" and "12.34"; more decimals are an error, because somebody computed with floats.
func Parse(s string) (Amount, error) {
	s = strings.TrimSpace(s)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" || len(frac) > 2 {
		return 0, fmt.Errorf("money: bad amount %q", s)
	}
	for len(frac) < 2 {
		frac += "0"
	}
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("money: bad amount %q: %w", s, err)
	}
	if neg {
		n = -n
	}
	return Amount(n), nil
}

// FromDecimal is for the channels that talk in decimal strings.
func FromDecimal(d decimal.Decimal) Amount { return Amount(d.Shift(2).Round(0).IntPart()) }

func (a Amount) Decimal() decimal.Decimal { return decimal.New(int64(a), -2) }
