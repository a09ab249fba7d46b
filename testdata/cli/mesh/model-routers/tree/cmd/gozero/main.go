package main

import (
	"flag"
	"net/http"
	
	"github.com/zeromicro/go-zero/rest"
)

var configFile = flag.String("f", "etc/order.yaml", "the config file")

type config struct{ rest.RestConf }

func main() {
	var c config
	server := rest.MustNewServer(c.RestConf)
	server.AddRoutes(
		[]rest.Route{
			{Method: http.MethodPost, Path: "/create", Handler: nil},
			{Method: http.MethodGet, Path: "/:id", Handler: nil},
		},
		rest.WithPrefix("/order/v1"),
	)
	server.Start()
}
