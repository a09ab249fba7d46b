package syslimit

import (
	"os"
	"strconv"
	"strings"
)

func clamp(n uint64) uint64 { return n }

// Cgroup reads the memory limit of the container.
func Cgroup() (int64, error) {
	b, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err != nil {
		return 0, err
	}
	s := strings.TrimSpace(string(b))
	if s == "max" {
		return -1, nil
	}
	return strconv.ParseInt(s, 10, 64)
}
