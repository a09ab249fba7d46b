//go:build linux || darwin

package syslimit

import "syscall"

// Raise sets the soft limit to the hard one.
func Raise() (Limits, error) {
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &r); err != nil {
		return Limits{}, err
	}
	r.Cur = clamp(r.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &r); err != nil {
		return Limits{}, err
	}
	return Limits{Open: r.Cur, Max: r.Max}, nil
}
