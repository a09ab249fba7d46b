package member

import "testing"

func TestLevels(t *testing.T) {
	for g, want := range map[int64]int16{0: 1, 999: 1, 1000: 2, 5000: 3, 50000: 5, 1 << 40: 5} {
		if got := LevelOf(g); got != want {
			t.Errorf("LevelOf(%d) = %d", g, got)
		}
	}
	if Next(999) != 1 || Next(50000) != 0 {
		t.Error(Next(999), Next(50000))
	}
}
