// Package queue is what services see of the jobs: names and a way to enqueue.
package queue

import (
	"context"
	"time"

	delayq "github.com/acme/shop/pkg/queue"
)

const (
	KindExport      = "export"
	KindNotify      = "notify"
	KindSyncERP     = "sync.erp"
	KindSMS         = "sms"
	KindCloseUnpaid = "order.close_unpaid"
)

// Queue wraps the delay queue so that services do not see Redis.
type Queue struct{ q *delayq.Queue }

func New(q *delayq.Queue) *Queue { return &Queue{q: q} }

func (q *Queue) Push(ctx context.Context, kind string, v any, delay time.Duration) error {
	if q == nil {
		return nil
	}
	return q.q.Push(ctx, kind, v, delay)
}

func (q *Queue) Now(ctx context.Context, kind string, v any) error { return q.Push(ctx, kind, v, 0) }

func (q *Queue) Raw() *delayq.Queue { return q.q }
