package main

import (
	"net/http"

	"github.com/hudl/fargo"
)

func main() {
	eureka := fargo.NewConn("http://eureka:8761/eureka")
	eureka.RegisterInstance(&fargo.Instance{App: "EUREKA", HostName: "eureka.shop", Port: 8080})
	eureka.GetApp("NACOS")
	http.ListenAndServe(":8080", nil)
}
