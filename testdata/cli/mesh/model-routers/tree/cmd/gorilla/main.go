package main

import (
	"net/http"
	
	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter()
	api := r.PathPrefix("/api").Subrouter()
	api.HandleFunc("/books/{id}", nil).Methods(http.MethodGet, "PUT")
	api.Path("/books").Methods("POST").HandlerFunc(nil)
	r.Methods("DELETE").Path("/gone").Handler(nil)
	r.PathPrefix("/static/").Handler(http.FileServer(http.Dir(".")))
	http.ListenAndServe(":8000", r)
}
