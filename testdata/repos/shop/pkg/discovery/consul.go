// Package discovery registers the process in Consul. To be retired when the mesh is there.
package discovery

import (
	"fmt"
	"os"

	consulapi "github.com/hashicorp/consul/api"
)

type Registration struct {
	Name    string
	Host    string
	Port    int
	Tags    []string
	Check   string
	Version string
}

type Consul struct{ c *consulapi.Client }

func NewConsul() (*Consul, error) {
	cfg := consulapi.DefaultConfig()
	if a := os.Getenv("CONSUL_HTTP_ADDR"); a != "" {
		cfg.Address = a
	}
	c, err := consulapi.NewClient(cfg)
	if err != nil {
		return nil, err
	}
	return &Consul{c: c}, nil
}

// Register returns the function that takes the entry out again.
func (k *Consul) Register(r Registration) (func() error, error) {
	id := fmt.Sprintf("%s-%s-%d", r.Name, r.Host, r.Port)
	err := k.c.Agent().ServiceRegister(&consulapi.AgentServiceRegistration{
		ID: id, Name: r.Name, Address: r.Host, Port: r.Port, Tags: r.Tags,
		Meta: map[string]string{"version": r.Version},
		Check: &consulapi.AgentServiceCheck{
			HTTP:                           fmt.Sprintf("http://%s:%d%s", r.Host, r.Port, r.Check),
			Interval:                       "10s",
			Timeout:                        "2s",
			DeregisterCriticalServiceAfter: "1m",
		},
	})
	if err != nil {
		return nil, err
	}
	return func() error { return k.c.Agent().ServiceDeregister(id) }, nil
}

// Resolve returns the healthy addresses of name.
func (k *Consul) Resolve(name string) ([]string, error) {
	entries, _, err := k.c.Health().Service(name, "", true, nil)
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(entries))
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%s:%d", e.Service.Address, e.Service.Port))
	}
	return out, nil
}
