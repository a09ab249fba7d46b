package main

import (
	"net/http"

	"github.com/hashicorp/go-retryablehttp"
)

func main() {
	http.HandleFunc("/", nil)
	c := retryablehttp.NewClient()
	c.RetryMax = 3
	_, _ = c.Get("http://orders.shop.svc.cluster.local:80/orders/1")
	_ = http.ListenAndServe(":8080", nil)
}
