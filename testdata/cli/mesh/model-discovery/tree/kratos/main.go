package main

import (
	"context"

	"github.com/go-kratos/kratos/v2"
	"github.com/go-kratos/kratos/v2/registry"
	"github.com/go-kratos/kratos/v2/transport/grpc"
	"github.com/go-kratos/kratos/v2/transport/http"
)

type store struct{}

func (store) Register(context.Context, *registry.ServiceInstance) error   { return nil }
func (store) Deregister(context.Context, *registry.ServiceInstance) error { return nil }
func (store) GetService(context.Context, string) ([]*registry.ServiceInstance, error) {
	return nil, nil
}
func (store) Watch(context.Context, string) (registry.Watcher, error) { return nil, nil }

func main() {
	names := store{}
	srv := http.NewServer(http.Address(":8000"))
	grpc.DialInsecure(context.Background(), grpc.WithEndpoint("discovery:///micro"), grpc.WithDiscovery(names))
	http.NewClient(context.Background(), http.WithEndpoint("discovery:///nacos"), http.WithDiscovery(names))
	kratos.New(kratos.Name("kratos"), kratos.Server(srv), kratos.Registrar(names)).Run()
}
