// Package router builds the engine.
package router

import (
	"time"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/health"
	"github.com/acme/shop/internal/middleware"
	"github.com/acme/shop/internal/middleware/accesslog"
	"github.com/acme/shop/internal/middleware/idempotent"
	"github.com/acme/shop/internal/middleware/ratelimit"
	"github.com/acme/shop/internal/middleware/recovery"
	"github.com/acme/shop/internal/middleware/tenant"
	"github.com/acme/shop/internal/router/ops"
	"github.com/acme/shop/internal/router/path"
	v1 "github.com/acme/shop/internal/router/v1"
	"github.com/acme/shop/pkg/auth"
	"github.com/acme/shop/pkg/cache"
)

// Registrar is any controller with routes.
type Registrar interface{ Register(g *gin.RouterGroup) }

type Config struct {
	Sessions *auth.Sessions
	Cache    *cache.Client
	Health   *health.Controller
	Webhooks []interface{ Register(e *gin.Engine) }
	V1       v1.Controllers
	Ops      ops.Controllers
}

// Names is filled while routes are registered; alerts print them.
var Names = map[string]string{}

func New(cfg Config) *gin.Engine {
	e := gin.New()
	middleware.Chain(e,
		accesslog.New(),
		recovery.New(),
		tenant.ByHost(),
		ratelimit.PerIP(50, 100),
		idempotent.New(cfg.Cache, 24*time.Hour),
	)
	cfg.Health.Register(e)
	for _, w := range cfg.Webhooks {
		w.Register(e)
	}
	v1.Register(e.Group(path.V1), cfg.Sessions, cfg.V1)
	ops.Register(e.Group("/ops"), cfg.Sessions, cfg.Ops)
	for _, r := range e.Routes() {
		Names[r.Method+" "+r.Path] = r.Handler
	}
	return e
}
