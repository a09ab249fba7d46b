package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const a = b + "/x"
const b = a + "/y"

var addr = other()

func other() string { return addr }

func main() {
	r := gin.New()
	again(r.Group("/one"), 3)
	left(&r.RouterGroup)
	r.GET(a, nil)
	r.GET("/ok", nil)
	http.Get("https://someone:secret@API.Example.COM.:8443/x?y=//z")
	http.Get("http://[::1]/x")
	http.ListenAndServe(addr, r)
}

func again(g *gin.RouterGroup, n int) {
	g.GET("/leaf", nil)
	if n > 0 {
		again(g.Group("/deeper"), n-1)
	}
}

func left(g *gin.RouterGroup)  { right(g) }
func right(g *gin.RouterGroup) { left(g); g.GET("/ring", nil) }
