package coupon

import "example.com/mall/internal/domain/price"

func Apply() { price.Total() }
