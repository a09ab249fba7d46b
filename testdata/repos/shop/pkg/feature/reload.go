package feature

import (
	"context"
	"encoding/json"
	"time"

	"github.com/acme/shop/internal/dao/setting"
	"github.com/acme/shop/pkg/log"
)

// Watch re-reads the switches every interval. The ticker is never stopped: the process lives as long as it does.
func Watch(ctx context.Context, repo *setting.Repo, every time.Duration) {
	tick := time.NewTicker(every)
	go func() {
		for range tick.C {
			if err := Reload(ctx, repo); err != nil {
				log.Warn(ctx, "feature reload", log.Err(err))
			}
		}
	}()
}

func Reload(ctx context.Context, repo *setting.Repo) error {
	rows, err := repo.ByPrefix(ctx, "feature.")
	if err != nil {
		return err
	}
	fresh := make(map[string]Flag, len(rows))
	for _, r := range rows {
		var f Flag
		if err := json.Unmarshal([]byte(r.Value), &f); err != nil {
			log.Warn(ctx, "bad feature flag", log.String("key", r.Key), log.Err(err))
			continue
		}
		fresh[r.Key] = f
	}
	mu.Lock()
	cached = fresh
	mu.Unlock()
	return nil
}
