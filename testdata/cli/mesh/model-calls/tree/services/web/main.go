package main

import (
	"context"
	"net/http"
	"os"
	"time"

	"github.com/afex/hystrix-go/hystrix"
	"github.com/avast/retry-go/v4"
	"github.com/hashicorp/consul/api"
	"github.com/sony/gobreaker"
	"google.golang.org/grpc"

	"ex.com/web/pb"
)

type server struct {
	cartAddr string
	cartConn *grpc.ClientConn
}

func main() {
	svc := new(server)
	mustMapEnv(&svc.cartAddr, "CART_SERVICE_ADDR")
	mustConn(&svc.cartConn, svc.cartAddr)
	guards()
	register()
	_ = pb.NewCartClient(svc.cartConn)
	client := &http.Client{Timeout: 3 * time.Second}
	client.Get("https://api.stripe.com/v1/charges")
	req, _ := http.NewRequestWithContext(context.Background(), "GET", "http://"+getenv("LEDGER_ADDR", "ledger:8080")+"/sum", nil)
	client.Do(req)
	http.ListenAndServe(":"+getenv("PORT", "8080"), nil)
}

func getenv(key, def string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return def
}

func mustMapEnv(target *string, key string) {
	v := os.Getenv(key)
	*target = v
}

func mustConn(conn **grpc.ClientConn, addr string) {
	*conn, _ = grpc.NewClient(addr)
}

func guards() {
	hystrix.ConfigureCommand("cart.get", hystrix.CommandConfig{Timeout: 800, ErrorPercentThreshold: 50})
	gobreaker.NewCircuitBreaker(gobreaker.Settings{
		Name:    "ledger",
		Timeout: 30 * time.Second,
		ReadyToTrip: func(c gobreaker.Counts) bool {
			return c.ConsecutiveFailures > 5
		},
	})
	retry.Do(func() error { return nil }, retry.Attempts(3), retry.Delay(200*time.Millisecond))
}

func register() {
	client, _ := api.NewClient(api.DefaultConfig())
	client.Agent().ServiceRegister(&api.AgentServiceRegistration{Name: "web", Port: 8080})
	client.Health().Service("cart", "", true, nil)
}
