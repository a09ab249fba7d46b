package inventory

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	"github.com/acme/shop/internal/dto/page"
	"github.com/acme/shop/internal/service/inventory/goods"
)

type SearchController struct{ s *goods.Searcher }

func NewSearchController(s *goods.Searcher) *SearchController { return &SearchController{s: s} }

func (h *SearchController) Search(c *gin.Context) {
	var q page.Query
	if !base.BindQuery(c, &q) {
		return
	}
	hits, err := h.s.Search(c.Request.Context(), c.Query("q"), q)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, hits)
}

func (h *SearchController) Register(g *gin.RouterGroup) { g.GET("/search", h.Search) }
