package main

import (
	"github.com/gofiber/fiber/v2"
)

func main() {
	app := fiber.New()
	api := app.Group("/api")
	api.Get("/list", nil)
	app.Route("/v9", func(r fiber.Router) { r.Delete("/x/:id", nil) })
	micro := fiber.New()
	micro.All("/ping", nil)
	app.Mount("/micro", micro)
	app.Listen(":3000")
}
