package main

import "net/http"

func main() {
	http.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	http.ListenAndServe(":8080", nil)
}
