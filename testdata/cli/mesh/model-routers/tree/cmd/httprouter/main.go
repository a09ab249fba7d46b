package main

import (
	"net/http"
	
	"github.com/julienschmidt/httprouter"
)

func main() {
	r := httprouter.New()
	r.GET("/hello/:name", nil)
	r.Handle("PATCH", "/hello/:name", nil)
	r.ServeFiles("/src/*filepath", nil)
	http.ListenAndServe(":8081", r)
}
