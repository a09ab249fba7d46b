// Package base has what every handler does: bind, answer, fail.
package base

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/i18n"
	"github.com/acme/shop/pkg/log"
)

type body struct {
	Code  errs.Code `json:"code"`
	Msg   string    `json:"msg,omitempty"`
	Data  any       `json:"data,omitempty"`
	Total *int64    `json:"total,omitempty"`
	Trace string    `json:"trace_id,omitempty"`
}

func OK(c *gin.Context, data any)      { c.JSON(http.StatusOK, body{Data: data}) }
func Created(c *gin.Context, data any) { c.JSON(http.StatusCreated, body{Data: data}) }
func NoContent(c *gin.Context)         { c.Status(http.StatusNoContent) }

func Page(c *gin.Context, rows any, total int64) {
	c.JSON(http.StatusOK, body{Data: rows, Total: &total})
}

// Fail translates the code for the caller's language and logs what is our fault.
func Fail(c *gin.Context, err error) {
	code := errs.CodeOf(err)
	ctx := c.Request.Context()
	if code.HTTPStatus() >= http.StatusInternalServerError {
		log.Error(ctx, "request", log.String("path", c.FullPath()), log.Err(err))
	}
	lang := i18n.Match(c.GetHeader("Accept-Language"))
	key := "err." + strconv.Itoa(int(code))
	msg := i18n.T(lang, key)
	if msg == key {
		msg = err.Error()
	}
	c.AbortWithStatusJSON(code.HTTPStatus(), body{Code: code, Msg: msg, Trace: log.TraceID(ctx)})
}

func BindJSON(c *gin.Context, req any) bool {
	if err := c.ShouldBindJSON(req); err != nil {
		Fail(c, errs.Wrap(err, errs.InvalidArgument, "body"))
		return false
	}
	return true
}

func BindQuery(c *gin.Context, req any) bool {
	if err := c.ShouldBindQuery(req); err != nil {
		Fail(c, errs.Wrap(err, errs.InvalidArgument, "query"))
		return false
	}
	return true
}

// ID reads :id.
func ID(c *gin.Context) (int64, bool) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id <= 0 {
		Fail(c, errs.Newf(errs.InvalidArgument, "id %q", c.Param("id")))
		return 0, false
	}
	return id, true
}

// TransitReq moves a row to another state.
type TransitReq struct {
	To     int8   `json:"to"`
	Remark string `json:"remark" binding:"max=255"`
}
