// Package money counts in 分 (cents). Never use float64 for money.
package money

import (
	"fmt"
	"sort"
)

// Amount is an integer number of minor units.
type Amount int64

const Yuan Amount = 100

func (a Amount) Add(b Amount) Amount { return a + b }
func (a Amount) Sub(b Amount) Amount { return a - b }
func (a Amount) Mul(n int64) Amount  { return a * Amount(n) }
func (a Amount) IsZero() bool        { return a == 0 }
func (a Amount) Neg() bool           { return a < 0 }
func (a Amount) Int64() int64        { return int64(a) }
func Min(a, b Amount) Amount         { return min(a, b) }

// Floor0 is what is left when a discount is larger than the price.
func (a Amount) Floor0() Amount { return max(a, 0) }

// Percent takes basis points (万分比) and rounds half up.
func (a Amount) Percent(bp int64) Amount {
	n := int64(a) * bp
	if n >= 0 {
		return Amount((n + 5000) / 10000)
	}
	return Amount((n - 5000) / 10000)
}

func (a Amount) String() string {
	sign := ""
	n := int64(a)
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// Allocate spreads a over weights; the rest cents go to the largest weights first, so the sum is exact.
func (a Amount) Allocate(weights []Amount) []Amount {
	out := make([]Amount, len(weights))
	var total Amount
	for _, w := range weights {
		total += w
	}
	if total <= 0 {
		if len(out) > 0 {
			out[0] = a
		}
		return out
	}
	rest := a
	order := make([]int, len(weights))
	for i, w := range weights {
		out[i] = Amount(int64(a) * int64(w) / int64(total))
		rest -= out[i]
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return weights[order[i]] > weights[order[j]] })
	for i := 0; rest > 0 && i < len(order); i++ {
		out[order[i]]++
		rest--
	}
	return out
}
