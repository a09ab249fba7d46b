package router

import (
	"net/http"

	ordersvc "example.com/mall/internal/service/order"
	"example.com/mall/internal/service/user"
)

func Run() { ordersvc.Submit(); user.Login(); _ = http.StatusOK }
