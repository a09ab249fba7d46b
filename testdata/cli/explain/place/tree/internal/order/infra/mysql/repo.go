package mysql

import "ex.com/m/internal/order/domain"

func Load(id int) domain.Order { return domain.Order{ID: id} }
