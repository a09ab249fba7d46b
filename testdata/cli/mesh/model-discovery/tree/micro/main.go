package main

import (
	"net/http"

	micro "go-micro.dev/v4"
)

func main() {
	service := micro.NewService(micro.Name("micro"), micro.Address(":8081"))
	service.Init()
	go http.ListenAndServe(":8080", nil)
	service.Run()
}
