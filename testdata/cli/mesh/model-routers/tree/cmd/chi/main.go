package main

import (
	"net/http"
	
	"github.com/go-chi/chi/v5"
)

func main() {
	r := chi.NewRouter()
	r.Route("/articles", func(r chi.Router) {
		r.Get("/", nil)
		r.Route("/{id}", func(r chi.Router) {
			r.With(nil).Put("/", nil)
		})
	})
	r.Group(func(r chi.Router) { r.Post("/login", nil) })
	r.Mount("/admin", admin())
	r.Mount("/files", http.FileServer(http.Dir(".")))
	http.ListenAndServe(":3333", r)
}

func admin() http.Handler {
	r := chi.NewRouter()
	r.Get("/stats", nil)
	return r
}
