package member

var steps = []struct {
	Level int16
	Need  int64
}{{5, 50000}, {4, 20000}, {3, 5000}, {2, 1000}, {1, 0}}

// LevelOf is the level for a growth value.
func LevelOf(growth int64) int16 {
	for _, s := range steps {
		if growth >= s.Need {
			return s.Level
		}
	}
	return 1
}

// Next is how much is missing for the next level; 0 at the top.
func Next(growth int64) int64 {
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i].Need > growth {
			return steps[i].Need - growth
		}
	}
	return 0
}
