package domain

import _ "example.com/shop/order/domain/value"

import _ "github.com/google/uuid"

import _ "net/http"

import _ "runtime/debug"

import _ "github.com/lib/pq"

import _ "golang.org/x/sync/errgroup"

import _ "example.com/shop/order/store"
