package idgen

import (
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// No builds a business number: prefix, date, sequence, and the last four digits of the user for sharding.
func No(prefix string, userID int64) string {
	return fmt.Sprintf("%s%s%010d%04d", prefix, time.Now().Format("060102"), Next()%1e10, userID%10000)
}

// OrderNo keeps the user's shard suffix, 分库分表路由依赖最后 4 位.
func OrderNo(userID int64) string { return No("SO", userID) }

// ShardOf reads the suffix back; -1 for numbers of the old system.
func ShardOf(no string) int {
	if len(no) < 4 {
		return -1
	}
	n, err := strconv.Atoi(no[len(no)-4:])
	if err != nil {
		return -1
	}
	return n % 64
}

// UUID is used where the number must not be guessed (download links, idempotency keys).
func UUID() string { return uuid.NewString() }
