package order

import (
	"example.com/shop/internal/model"
	e "example.com/shop/internal/model/entity"
)

func Total() int { return model.Sum(e.All()) }
