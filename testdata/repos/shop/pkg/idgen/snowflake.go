// Package idgen gives out ids: a snowflake for rows, readable numbers for people.
package idgen

import (
	"sync"
	"time"
)

const (
	epoch     = 1514736000000 // 2018-01-01 CST
	nodeBits  = 10
	seqBits   = 12
	maxSeq    = 1<<seqBits - 1
	maxNodeID = 1<<nodeBits - 1
)

var (
	mu     sync.Mutex
	node   int64
	lastMS int64
	seq    int64
)

// SetNode is called once at start with the pod's ordinal.
func SetNode(n int64) {
	mu.Lock()
	defer mu.Unlock()
	node = n & maxNodeID
}

// Next never goes back: a clock that jumps is waited for.
func Next() int64 {
	mu.Lock()
	defer mu.Unlock()
	ms := time.Now().UnixMilli()
	if ms < lastMS {
		ms = lastMS
	}
	if ms == lastMS {
		seq = (seq + 1) & maxSeq
		if seq == 0 {
			for ms <= lastMS {
				time.Sleep(100 * time.Microsecond)
				ms = time.Now().UnixMilli()
			}
		}
	} else {
		seq = 0
	}
	lastMS = ms
	return (ms-epoch)<<(nodeBits+seqBits) | node<<seqBits | seq
}
