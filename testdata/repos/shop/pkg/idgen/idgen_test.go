package idgen_test

import (
	"testing"

	"github.com/acme/shop/pkg/idgen"
)

func TestNextIsUnique(t *testing.T) {
	seen := map[int64]bool{}
	for i := 0; i < 20000; i++ {
		id := idgen.Next()
		if seen[id] {
			t.Fatalf("%d twice", id)
		}
		seen[id] = true
	}
}

func TestShardOf(t *testing.T) {
	if got := idgen.ShardOf(idgen.OrderNo(123456)); got != 3456%64 {
		t.Fatalf("shard %d", got)
	}
	if idgen.ShardOf("ab") != -1 {
		t.Fatal("too short")
	}
}
