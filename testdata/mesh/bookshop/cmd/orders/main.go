// Command orders keeps the orders of the book shop.
package main

import (
	"log"
	"net/http"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"example.com/bookshop/usersv1"
)

func main() {
	addr := os.Getenv("USERS_ADDR")
	if addr == "" {
		addr = "localhost:9090"
	}
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	users := usersv1.NewUsersClient(conn)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz/live", ok)
	mux.HandleFunc("GET /healthz/ready", ok)
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) { one(w, r, users) })
	mux.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) { pay(w) })
	log.Fatal(http.ListenAndServe(":8081", mux))
}

func ok(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }

func one(w http.ResponseWriter, r *http.Request, users usersv1.UsersClient) {
	if _, err := users.Get(r.Context(), r.PathValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func pay(w http.ResponseWriter) {
	resp, err := http.Post("https://api.stripe.com/v1/charges", "application/json", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.WriteHeader(resp.StatusCode)
}
