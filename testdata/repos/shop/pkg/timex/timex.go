// Package timex is the business clock: everything is Asia/Shanghai.
package timex

import (
	"fmt"
	"time"
)

// Shanghai is fixed, because the containers carry no tzdata.
var Shanghai = time.FixedZone("CST", 8*3600)

// nowFunc is swapped by tests.
var nowFunc = time.Now

func Now() time.Time { return nowFunc().In(Shanghai) }

// Freeze makes Now return t until the returned function is called.
func Freeze(t time.Time) func() {
	nowFunc = func() time.Time { return t }
	return func() { nowFunc = time.Now }
}

func Format(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Shanghai).Format("2006-01-02 15:04:05")
}

func Date(t time.Time) string { return t.In(Shanghai).Format("2006-01-02") }

func ParseDate(s string) (time.Time, error) {
	return time.ParseInLocation("2006-01-02", s, Shanghai)
}

// DayRange is [00:00, 24:00) of t's day.
func DayRange(t time.Time) (time.Time, time.Time) {
	t = t.In(Shanghai)
	from := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, Shanghai)
	return from, from.AddDate(0, 0, 1)
}

func MonthRange(t time.Time) (time.Time, time.Time) {
	t = t.In(Shanghai)
	from := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, Shanghai)
	return from, from.AddDate(0, 1, 0)
}

// ParseRange reads the from and to of a list request; to is inclusive for people.
func ParseRange(from, to string) (a, b time.Time, err error) {
	if from != "" {
		if a, err = ParseDate(from); err != nil {
			return
		}
	}
	if to != "" {
		if b, err = ParseDate(to); err != nil {
			return
		}
		b = b.AddDate(0, 0, 1)
	}
	if !a.IsZero() && !b.IsZero() && !a.Before(b) {
		err = fmt.Errorf("from %s is after to %s", from, to)
	}
	return
}

// InWindow tells whether t's clock lies in [from, to), over midnight too ("22:00" to "06:00").
func InWindow(t time.Time, from, to string) bool {
	hm := t.In(Shanghai).Format("15:04")
	if from <= to {
		return from <= hm && hm < to
	}
	return hm >= from || hm < to
}
