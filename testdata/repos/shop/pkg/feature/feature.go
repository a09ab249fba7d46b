// Package feature answers whether a switch is on for a user.
package feature

import (
	"hash/fnv"
	"strconv"
	"sync"
)

// cached is shared by all requests and refreshed by one goroutine.
var (
	mu     sync.RWMutex
	cached = map[string]Flag{}
)

type Flag struct {
	On      bool    `json:"on"`
	Percent int     `json:"percent"`
	Users   []int64 `json:"users"`
}

// Enabled hashes the user into a percentage, so that a user stays on one side.
func Enabled(key string, userID int64) bool {
	mu.RLock()
	f, ok := cached[key]
	mu.RUnlock()
	if !ok || !f.On {
		return false
	}
	for _, u := range f.Users {
		if u == userID {
			return true
		}
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(key + strconv.FormatInt(userID, 10)))
	return int(h.Sum32()%100) < f.Percent
}

func Put(key string, f Flag) {
	mu.Lock()
	defer mu.Unlock()
	cached[key] = f
}
