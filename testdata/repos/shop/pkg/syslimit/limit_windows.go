package syslimit

// Raise has nothing to do on Windows; developers run the admin tool there.
func Raise() (Limits, error) { return Limits{Open: 16384, Max: 16384}, nil }

func Cgroup() (int64, error) { return -1, nil }
