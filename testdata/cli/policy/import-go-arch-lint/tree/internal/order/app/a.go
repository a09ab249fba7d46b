package app

import _ "example.com/shop/internal/order/domain"

import _ "example.com/shop/internal/order/app/dto"

import _ "example.com/shop/internal/store"

import _ "gorm.io/gorm"
