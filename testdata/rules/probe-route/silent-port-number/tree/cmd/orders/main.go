package main

import "net/http"

func main() {
	http.HandleFunc("GET /healthz", nil)
	http.HandleFunc("/orders/{id}", nil)
	_ = http.ListenAndServe(":8080", nil)
}
