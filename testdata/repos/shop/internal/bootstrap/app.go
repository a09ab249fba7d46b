// Package bootstrap wires the processes.
package bootstrap

import (
	"context"
	"errors"
	"time"

	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"

	"github.com/acme/shop/configs"
	"github.com/acme/shop/internal/bootstrap/provider"
	"github.com/acme/shop/pkg/auth"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/feature"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/syslimit"
	"github.com/acme/shop/pkg/validate"
)

// App is everything a main needs.
type App struct {
	Infra    *provider.Infra
	Services *provider.Services
	closers  []func() error
}

// New loads the configuration, connects and builds all services.
func New(service string) (*App, error) {
	env := config.Env()
	if err := config.Load(configs.Dir(), env); err != nil {
		if err := config.LoadBytes(configs.Base); err != nil {
			return nil, err
		}
	}
	if err := log.Init(service, env); err != nil {
		return nil, err
	}
	if _, err := syslimit.Raise(); err != nil {
		log.L.Warn("limits", log.Err(err))
	}
	auth.SetSecret(config.String("auth.secret"), config.String("auth.old_secret"))
	if v, ok := binding.Validator.Engine().(*validator.Validate); ok {
		validate.Register(v)
	}
	in, err := provider.NewInfra()
	if err != nil {
		return nil, err
	}
	a := &App{Infra: in, Services: provider.NewServices(in)}
	a.closers = append(a.closers, in.Producer.Close, in.Redis.Close)
	feature.Watch(context.Background(), in.Setting, 30*time.Second)
	return a, nil
}

// Close runs the closers backwards and joins their errors.
func (a *App) Close() error {
	var err error
	for i := len(a.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, a.closers[i]())
	}
	return err
}
