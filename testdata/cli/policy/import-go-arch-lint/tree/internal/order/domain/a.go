package domain

import _ "example.com/shop/internal/order/domain/value"

import _ "github.com/google/uuid/sub"

import _ "fmt"
