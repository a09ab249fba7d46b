package main

import (
	"github.com/labstack/echo/v4"
)

func main() {
	e := echo.New()
	g := e.Group("/v2", nil)
	g.GET("/items/:id", nil)
	e.Add(echo.POST, "/items", nil)
	e.Any("/any", nil)
	e.Logger.Fatal(e.Start(":1323"))
}
