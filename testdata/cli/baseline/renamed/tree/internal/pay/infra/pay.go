package infra

import _ "example.com/shop/internal/pay/domain"
