package store

import _ "example.com/shop/internal/order/domain"

import _ "github.com/lib/pq"

import _ "github.com/lib/pq/oid"

import _ "gorm.io/gorm"

import _ "gorm.io/gorm/clause"
