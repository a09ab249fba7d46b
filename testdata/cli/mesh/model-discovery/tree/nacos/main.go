package main

import (
	"net/http"

	"github.com/nacos-group/nacos-sdk-go/v2/clients"
	"github.com/nacos-group/nacos-sdk-go/v2/clients/naming_client"
	"github.com/nacos-group/nacos-sdk-go/v2/vo"
)

func register(names naming_client.INamingClient) error {
	_, err := names.RegisterInstance(vo.RegisterInstanceParam{Ip: "10.0.0.1", Port: 8080, ServiceName: "nacos", Ephemeral: true})
	return err
}

func main() {
	names, err := clients.NewNamingClient(vo.NacosClientParam{})
	if err != nil {
		panic(err)
	}
	if err := register(names); err != nil {
		panic(err)
	}
	names.SelectOneHealthyInstance(vo.SelectOneHealthInstanceParam{ServiceName: "micro"})
	names.SelectInstances(vo.SelectInstancesParam{ServiceName: "kratos", HealthyOnly: true})
	names.GetService(vo.GetServiceParam{ServiceName: "eureka"})
	http.ListenAndServe(":8080", nil)
}
