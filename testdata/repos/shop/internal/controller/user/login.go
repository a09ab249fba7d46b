package user

import (
	"time"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	userdto "github.com/acme/shop/internal/dto/user"
	usermodel "github.com/acme/shop/internal/model/user"
	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/internal/service/user/login"
	"github.com/acme/shop/internal/service/user/oauth"
	"github.com/acme/shop/pkg/auth"
	"github.com/acme/shop/pkg/i18n"
)

// LoginController gives out tokens.
type LoginController struct {
	login *login.Service
	oauth *oauth.Service
	users *usersvc.UserService
}

func NewLoginController(l *login.Service, o *oauth.Service, u *usersvc.UserService) *LoginController {
	return &LoginController{login: l, oauth: o, users: u}
}

const tokenTTL = 30 * 24 * time.Hour

func (h *LoginController) Code(c *gin.Context) {
	var req struct {
		Phone string `json:"phone" binding:"required,cnphone"`
	}
	if !base.BindJSON(c, &req) {
		return
	}
	if err := h.login.SendCode(c.Request.Context(), req.Phone, i18n.Match(c.GetHeader("Accept-Language"))); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

func (h *LoginController) Login(c *gin.Context) {
	var req struct {
		Method string `json:"method" binding:"required,oneof=code password wechat"`
		Phone  string `json:"phone" binding:"required,cnphone"`
		Secret string `json:"secret" binding:"required"`
		Device string `json:"device"`
		Source string `json:"source"`
	}
	if !base.BindJSON(c, &req) {
		return
	}
	ctx := c.Request.Context()
	var (
		u   *usermodel.User
		err error
	)
	switch req.Method {
	case "code":
		u, err = h.login.ByCode(ctx, req.Phone, req.Secret, req.Source, c.ClientIP(), i18n.Match(c.GetHeader("Accept-Language")), req.Device)
	case "password":
		u, err = h.login.ByPassword(ctx, req.Phone, req.Secret, c.ClientIP(), req.Device)
	case "wechat":
		u, err = h.oauth.Login(ctx, "wechat", req.Secret, req.Phone, c.ClientIP())
	}
	if err != nil {
		base.Fail(c, err)
		return
	}
	tok, err := auth.Issue(u.ID, false, req.Device, tokenTTL)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, gin.H{"token": tok, "user": userdto.FromUser(u)})
}

func (h *LoginController) Cancel(c *gin.Context) {
	if err := h.users.Cancel(c.Request.Context(), base.UserID(c)); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

func (h *LoginController) Register(g *gin.RouterGroup) {
	g.POST("/login/code", h.Code)
	g.POST("/login", h.Login)
	g.DELETE("/me", h.Cancel)
}
