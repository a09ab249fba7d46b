// Command worker consumes Kafka, works off the delay queue and runs the cron.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sync/errgroup"

	"github.com/acme/shop/internal/bootstrap"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/metrics"
)

func main() {
	app, err := bootstrap.New("shop-worker")
	if err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
	defer app.Close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k, err := app.Consumers()
	if err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
	c := app.Cron()
	if err := c.Start(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
	defer c.Stop()
	go func() {
		mux := http.NewServeMux()
		mux.HandleFunc("GET /health/live", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
		mux.Handle("GET /metrics", metrics.Handler())
		if err := http.ListenAndServe(":8081", mux); err != nil {
			log.L.Error("probe server", log.Err(err))
		}
	}()
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return k.Run(gctx) })
	g.Go(func() error { return app.Jobs().Run(gctx) })
	if err := g.Wait(); err != nil {
		log.L.Error("worker", log.Err(err))
	}
}
