// Command depot is one program that is to become two services.
package main

import (
	"log"
	"net/http"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ping", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /stock/{id}", http.NotFound)
	mux.HandleFunc("POST /parcels", http.NotFound)
	log.Fatal(http.ListenAndServe(":8000", mux))
}
