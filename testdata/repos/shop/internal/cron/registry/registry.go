// Package registry knows the jobs by name, so that the back office can start one.
package registry

import (
	"context"
	"sort"
	"sync"

	"github.com/acme/shop/pkg/errs"
)

type Job struct {
	Name string
	Spec string
	Run  func(ctx context.Context) error
}

var (
	mu   sync.RWMutex
	jobs = map[string]Job{}
)

func Add(j Job) {
	mu.Lock()
	defer mu.Unlock()
	if _, ok := jobs[j.Name]; ok {
		panic("cron: " + j.Name + " twice")
	}
	jobs[j.Name] = j
}

func Names() []string {
	mu.RLock()
	defer mu.RUnlock()
	out := make([]string, 0, len(jobs))
	for n := range jobs {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

func All() []Job {
	var out []Job
	for _, n := range Names() {
		mu.RLock()
		out = append(out, jobs[n])
		mu.RUnlock()
	}
	return out
}

func Run(ctx context.Context, name string) error {
	mu.RLock()
	j, ok := jobs[name]
	mu.RUnlock()
	if !ok {
		return errs.Newf(errs.NotFound, "job %q", name)
	}
	return j.Run(ctx)
}
