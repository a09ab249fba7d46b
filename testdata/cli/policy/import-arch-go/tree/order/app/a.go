package app

import _ "example.com/shop/order/domain"

import _ "example.com/shop/order/store"

import _ "gorm.io/gorm"

import _ "net/http"
