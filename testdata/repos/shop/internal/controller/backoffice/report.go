package backoffice

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	"github.com/acme/shop/internal/service/report"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/timex"
)

type ReportController struct{ svc *report.Service }

func NewReportController(s *report.Service) *ReportController { return &ReportController{svc: s} }

func (h *ReportController) Day(c *gin.Context) {
	day, err := timex.ParseDate(c.DefaultQuery("day", timex.Date(timex.Now())))
	if err != nil {
		base.Fail(c, errs.Wrap(err, errs.InvalidArgument, "day"))
		return
	}
	d, err := h.svc.Day(c.Request.Context(), day)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, d)
}

func (h *ReportController) Stock(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	url, err := h.svc.Stock(c.Request.Context(), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, gin.H{"url": url})
}

func (h *ReportController) Register(g *gin.RouterGroup) {
	g.GET("/report/day", h.Day)
	g.GET("/report/stock/:id", h.Stock)
}
