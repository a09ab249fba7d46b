package main

import (
	khttp "github.com/go-kratos/kratos/v2/transport/http"
)

func main() {
	srv := khttp.NewServer(khttp.Address(":8001"))
	registerGreeter(srv)
	srv.HandlePrefix("/q/", nil)
}

func registerGreeter(s *khttp.Server) {
	r := s.Route("/")
	r.GET("/helloworld/{name}", nil)
}
