package coupon

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	coupondto "github.com/acme/shop/internal/dto/coupon"
	"github.com/acme/shop/internal/service/coupon/issue"
)

type GrantController struct{ svc *issue.Service }

func NewGrantController(s *issue.Service) *GrantController { return &GrantController{svc: s} }

// Grant is "领券"; the button is pressed a lot.
func (h *GrantController) Grant(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	uc, err := h.svc.Grant(c.Request.Context(), base.UserID(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Created(c, coupondto.FromUserCoupon(uc))
}

func (h *GrantController) Register(g *gin.RouterGroup) { g.POST("/coupons/:id/grant", h.Grant) }
