package main

import (
	"github.com/gin-gonic/gin"
)

type store struct{}

func (store) GET(key string, more ...any) {}

func main() {
	r := gin.Default()
	r.GET("/healthz", nil)
	v1 := r.Group("/v1")
	orders(v1.Group("/orders"))
	v1.Handle("DELETE", "/carts/:id", nil)
	r.Static("/assets", "./assets")
	store{}.GET("/no/route", nil)
	r.Run()
}

func orders(g *gin.RouterGroup) {
	g.GET("", nil)
	g.POST("/:id/pay", nil)
}
