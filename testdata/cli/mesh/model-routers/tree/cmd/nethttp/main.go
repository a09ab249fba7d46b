package main

import (
	"net/http"
)

const api = "/api"

type cache struct{}

func (cache) Handle(key string, value any) {}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+api+"/orders/{id}", nil)
	mux.Handle("POST example.com/hooks/", nil)
	mux.HandleFunc("/exact/{$}", nil)
	admin := http.NewServeMux()
	admin.HandleFunc("/users", nil)
	mux.Handle("/admin/", http.StripPrefix("/admin", admin))
	cache{}.Handle("/no/route", nil)
	http.ListenAndServe(":8080", mux)
}

func unused(mux *http.ServeMux) { mux.HandleFunc("/dead", nil) }
