package app

import (
	"ex.com/m/internal/order/domain"
	"ex.com/m/internal/order/infra/mail"
	"ex.com/m/internal/order/infra/mysql"
	"ex.com/m/internal/user/contract"
	"ex.com/m/internal/user/infra"
	"ex.com/m/pkg/log"
)

var _ mail.Sender

func Submit(id int) domain.Order {
	log.Print(contract.Name, infra.Find())
	return mysql.Load(id)
}
