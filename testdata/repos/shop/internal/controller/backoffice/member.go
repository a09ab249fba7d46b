package backoffice

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/errs"
)

// MemberPrices replaces the price table of all levels at once.
type MemberPrices struct{}

func (MemberPrices) Put(c *gin.Context) {
	var t map[int16]int64
	if !base.BindJSON(c, &t) {
		return
	}
	for level, bp := range t {
		if bp < 5000 || bp > 10000 {
			base.Fail(c, errs.Newf(errs.InvalidArgument, "level %d: %d", level, bp))
			return
		}
	}
	price.SetMemberTable(t)
	base.NoContent(c)
}

func (h MemberPrices) Register(g *gin.RouterGroup) { g.PUT("/member/prices", h.Put) }
