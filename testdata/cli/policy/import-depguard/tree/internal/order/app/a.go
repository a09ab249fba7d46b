package app

import _ "example.com/shop/internal/order/domain"

import _ "io/ioutil"

import _ "github.com/lib/pq"

import _ "github.com/lib/pq/oid"
