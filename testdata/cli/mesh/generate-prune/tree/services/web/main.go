package main

import (
	"net/http"
	"os"
	"time"
)

func main() {
	orders := &http.Client{Timeout: 2 * time.Second}
	http.HandleFunc("GET /buy", func(w http.ResponseWriter, r *http.Request) {
		orders.Get(os.Getenv("ORDERS_URL") + "/orders")
	})
	http.ListenAndServe(":8080", nil)
}
