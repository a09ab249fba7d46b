package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/afex/hystrix-go/hystrix"
	"github.com/alibaba/sentinel-golang/api"
	"github.com/alibaba/sentinel-golang/core/circuitbreaker"
	"github.com/alibaba/sentinel-golang/core/flow"
	"github.com/avast/retry-go/v4"
	"github.com/cenkalti/backoff/v4"
	grpcretry "github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/retry"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/sony/gobreaker"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"ex.com/web/pb"
)

const retries = `{
	"loadBalancingConfig": [{"round_robin": {}}],
	"methodConfig": [{
		"name": [{"service": "shop.v1.Cart"}],
		"timeout": "1.5s",
		"retryPolicy": {
			"maxAttempts": 4,
			"initialBackoff": "0.1s",
			"maxBackoff": "1s",
			"backoffMultiplier": 2,
			"retryableStatusCodes": ["UNAVAILABLE"]
		}
	}]
}`

type clients struct {
	cart    pb.CartClient
	orders  *http.Client
	pay     *http.Client
	stock   *retryablehttp.Client
	breaker *gobreaker.CircuitBreaker
}

func main() {
	c := dial()
	limits()
	http.HandleFunc("GET /buy", c.buy)
	http.ListenAndServe(":8080", nil)
}

func dial() *clients {
	conn, err := grpc.NewClient(os.Getenv("CART_ADDR"),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(retries),
		grpc.WithUnaryInterceptor(grpcretry.UnaryClientInterceptor(grpcretry.WithMax(3))))
	if err != nil {
		panic(err)
	}
	stock := retryablehttp.NewClient()
	stock.RetryMax = 5
	stock.RetryWaitMin = 200 * time.Millisecond
	hystrix.ConfigureCommand("place", hystrix.CommandConfig{Timeout: 900, SleepWindow: 4000})
	return &clients{
		cart:   pb.NewCartClient(conn),
		orders: &http.Client{Timeout: 2 * time.Second},
		pay:    &http.Client{Timeout: 7 * time.Second},
		stock:  stock,
		breaker: gobreaker.NewCircuitBreaker(gobreaker.Settings{
			Name:        "catalogue",
			MaxRequests: 3,
			Timeout:     30 * time.Second,
			ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures > 5 },
		}),
	}
}

func limits() {
	circuitbreaker.LoadRules([]*circuitbreaker.Rule{{
		Resource:         "reserve",
		Strategy:         circuitbreaker.ErrorCount,
		RetryTimeoutMs:   3000,
		MinRequestAmount: 10,
		StatIntervalMs:   5000,
		Threshold:        50,
	}})
	rule := &flow.Rule{Resource: "/shop.v1.Cart/Get", Threshold: 100}
	flow.LoadRules([]*flow.Rule{rule})
}

func (c *clients) buy(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	err := errors.Join(c.place(ctx), c.charge(), c.reserve(), c.show(ctx), c.ship(ctx))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// The command has a name of its own: what it calls says whom it guards.
func (c *clients) place(ctx context.Context) error {
	return hystrix.DoC(ctx, "place", func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, "POST", os.Getenv("ORDERS_URL")+"/orders", nil)
		if err != nil {
			return err
		}
		_, err = c.orders.Do(req)
		return err
	}, nil)
}

func (c *clients) charge() error {
	return retry.Do(func() error {
		_, err := c.pay.Post("https://api.stripe.com/v1/charges", "text/plain", nil)
		return err
	}, retry.Attempts(4), retry.Delay(100*time.Millisecond))
}

func (c *clients) reserve() error {
	entry, blocked := api.Entry("reserve")
	if blocked != nil {
		return blocked
	}
	defer entry.Exit()
	_, err := c.stock.Get(os.Getenv("STOCK_URL") + "/stock")
	return err
}

func (c *clients) show(ctx context.Context) error {
	_, err := c.breaker.Execute(func() (interface{}, error) {
		return nil, c.look(ctx)
	})
	return err
}

func (c *clients) look(ctx context.Context) error {
	_, err := c.cart.Get(ctx, nil)
	return err
}

func (c *clients) ship(ctx context.Context) error {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval = 50 * time.Millisecond
	b.MaxElapsedTime = 10 * time.Second
	return backoff.Retry(ask, backoff.WithContext(backoff.WithMaxRetries(b, 6), ctx))
}

func ask() error {
	_, err := http.Get("http://stock:8080/ship")
	return err
}
