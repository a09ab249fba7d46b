// Package job works off the delay queue.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/metrics"
	delayq "github.com/acme/shop/pkg/queue"
)

type Handler func(ctx context.Context, payload json.RawMessage) error

type Worker struct {
	q        *delayq.Queue
	handlers map[string]Handler
}

func NewWorker(q *delayq.Queue) *Worker { return &Worker{q: q, handlers: map[string]Handler{}} }

func (w *Worker) Handle(kind string, h Handler) { w.handlers[kind] = h }

// Run polls every 200 ms and starts one goroutine an item, without a limit.
func (w *Worker) Run(ctx context.Context) error {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		items, err := w.q.Pop(ctx, 50)
		if err != nil {
			log.Error(ctx, "pop", log.Err(err))
			continue
		}
		for _, it := range items {
			go w.one(ctx, it)
		}
	}
}

func (w *Worker) one(ctx context.Context, it delayq.Item) {
	h, ok := w.handlers[it.Kind]
	if !ok {
		log.Error(ctx, "no handler", log.String("kind", it.Kind))
		return
	}
	defer metrics.Since(metrics.JobDuration, it.Kind)()
	if err := h(ctx, it.Payload); err != nil {
		again, rerr := w.q.Retry(ctx, it)
		log.Warn(ctx, "job failed", log.String("kind", it.Kind), log.Bool("again", again), log.Err(errors.Join(err, rerr)))
	}
}
