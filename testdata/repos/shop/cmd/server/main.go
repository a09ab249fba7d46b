// Command server serves HTTP on :8080 and gRPC on :9090.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/acme/shop/internal/bootstrap"
	"github.com/acme/shop/pkg/discovery"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func run() error {
	app, err := bootstrap.New("shop-server")
	if err != nil {
		return err
	}
	defer app.Close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go app.Services.Audit.Run(ctx)

	srv := &http.Server{Addr: ":8080", Handler: app.Engine(), ReadHeaderTimeout: 5 * time.Second}
	lis, err := net.Listen("tcp", ":9090")
	if err != nil {
		return err
	}
	gs := app.GRPC()
	if os.Getenv("CONSUL_HTTP_ADDR") != "" {
		off, err := register()
		if err != nil {
			return err
		}
		defer func() { _ = off() }()
	}
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error { return gs.Serve(lis) })
	g.Go(func() error {
		<-gctx.Done()
		down, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		gs.GracefulStop()
		return srv.Shutdown(down)
	})
	return g.Wait()
}

func register() (func() error, error) {
	c, err := discovery.NewConsul()
	if err != nil {
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	return c.Register(discovery.Registration{Name: "shop-server", Host: host, Port: 8080, Check: "/healthz", Version: "v1", Tags: []string{"http", "monolith"}})
}
