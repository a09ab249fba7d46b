package timex

import (
	"testing"
	"time"
)

func TestInWindowOverMidnight(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2024, 6, 18, h, 30, 0, 0, Shanghai) }
	for h, want := range map[int]bool{23: true, 2: true, 5: true, 6: false, 12: false} {
		if got := InWindow(at(h), "22:00", "06:00"); got != want {
			t.Errorf("%d:30: %v", h, got)
		}
	}
}

func TestParseRange(t *testing.T) {
	if _, _, err := ParseRange("2024-11-12", "2024-11-11"); err == nil {
		t.Error("a reversed range must fail")
	}
	a, b, err := ParseRange("2024-11-11", "2024-11-11")
	if err != nil || b.Sub(a) != 24*time.Hour {
		t.Errorf("%v %v %v", a, b, err)
	}
}
