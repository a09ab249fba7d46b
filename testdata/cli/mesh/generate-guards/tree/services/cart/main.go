package main

import (
	"fmt"
	"net"
	"os"

	"google.golang.org/grpc"

	"ex.com/cart/pb"
)

const defaultPort = "7070"

func main() {
	port := defaultPort
	if p, ok := os.LookupEnv("PORT"); ok {
		port = p
	}
	lis, _ := net.Listen("tcp", fmt.Sprintf(":%s", port))
	srv := grpc.NewServer()
	pb.RegisterCartServer(srv, nil)
	srv.Serve(lis)
}
