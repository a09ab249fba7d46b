// Command web is what browsers talk to.
package main

import (
	"io"
	"log"
	"net/http"
	"os"

	"github.com/avast/retry-go/v4"

	"example.com/bookshop/internal/guard"
)

func ordersURL() string {
	if url := os.Getenv("ORDERS_URL"); url != "" {
		return url
	}
	return "http://localhost:8081"
}

func main() {
	guard.Configure()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /books/{id}", books)
	log.Fatal(http.ListenAndServe(":8080", mux))
}

func books(w http.ResponseWriter, r *http.Request) {
	err := retry.Do(func() error {
		resp, err := http.Get(ordersURL() + "/orders/" + r.PathValue("id"))
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		_, err = io.Copy(w, resp.Body)
		return err
	}, retry.Attempts(3))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}
