// Package cron runs the registered jobs, one at a time over all pods.
package cron

import (
	"context"
	"errors"
	"fmt"
	"time"

	robfig "github.com/robfig/cron/v3"

	"github.com/acme/shop/internal/cron/registry"
	_ "github.com/acme/shop/internal/router" // fills router.Names, which the alerts print
	"github.com/acme/shop/pkg/lock"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/metrics"
	"github.com/acme/shop/pkg/timex"
)

type Runner struct {
	c    *robfig.Cron
	lock *lock.Locker
}

func New(l *lock.Locker) *Runner {
	return &Runner{c: robfig.New(robfig.WithSeconds(), robfig.WithLocation(timex.Shanghai)), lock: l}
}

// Start schedules everything that the registry has.
func (r *Runner) Start(ctx context.Context) error {
	for _, j := range registry.All() {
		if _, err := r.c.AddFunc(j.Spec, func() { r.run(ctx, j) }); err != nil {
			return fmt.Errorf("cron %s: %w", j.Name, err)
		}
	}
	r.c.Start()
	return nil
}

func (r *Runner) run(ctx context.Context, j registry.Job) {
	defer metrics.Since(metrics.JobDuration, j.Name)()
	err := r.lock.With(ctx, "cron:"+j.Name, 10*time.Minute, j.Run)
	if errors.Is(err, lock.ErrHeld) {
		return
	}
	if err != nil {
		log.Error(ctx, "cron", log.String("job", j.Name), log.Err(err))
	}
}

func (r *Runner) Stop() { <-r.c.Stop().Done() }
