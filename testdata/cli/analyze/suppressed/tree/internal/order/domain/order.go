package domain

import (
	//meshctl:ignore layer-violation -- moves with the next release
	_ "example.com/shop/internal/order/infra"
)
