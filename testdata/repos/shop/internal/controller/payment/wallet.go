package payment

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	paydto "github.com/acme/shop/internal/dto/payment"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/service/payment/wallet"
)

// WalletController serves /wallets.
type WalletController struct{ svc *wallet.Service }

func NewWalletController(svc *wallet.Service) *WalletController { return &WalletController{svc: svc} }

// List godoc
// @Summary  余额账户列表
// @Tags     payment
// @Param    page query int false "page"
// @Router   /wallets [get]
func (h *WalletController) List(c *gin.Context) {
	var req paydto.ListWalletReq
	if !base.BindQuery(c, &req) {
		return
	}
	if !base.IsStaff(c) {
		req.UserID = base.UserID(c)
	}
	rows, total, err := h.svc.List(c.Request.Context(), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Page(c, rows, total)
}

// Get godoc
// @Summary  余额账户详情
// @Tags     payment
// @Router   /wallets/{id} [get]
func (h *WalletController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, paydto.FromWallet(row))
}

// Create godoc
// @Summary  新建余额账户
// @Tags     payment
// @Accept   json
// @Router   /wallets [post]
func (h *WalletController) Create(c *gin.Context) {
	var req paydto.CreateWalletReq
	if !base.BindJSON(c, &req) {
		return
	}
	resp, err := h.svc.Create(c.Request.Context(), base.UserID(c), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Created(c, resp)
}

// Update godoc
// @Summary  修改余额账户
// @Tags     payment
// @Router   /wallets/{id} [put]
func (h *WalletController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req paydto.UpdateWalletReq
	if !base.BindJSON(c, &req) {
		return
	}
	req.ID = id
	if err := h.svc.Update(c.Request.Context(), base.Operator(c), &req); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Transit godoc
// @Summary  余额账户状态流转
// @Tags     payment
// @Router   /wallets/{id}/status [post]
func (h *WalletController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, paymodel.WalletStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 余额账户 to g.
func (h *WalletController) Register(g *gin.RouterGroup) {
	r := g.Group("/wallets")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
