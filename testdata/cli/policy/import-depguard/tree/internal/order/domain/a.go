package domain

import _ "example.com/shop/internal/kernel"

import _ "github.com/google/uuid"

import _ "database/sql"

import _ "fmt"

import _ "example.com/shop/internal/store"

import _ "golang.org/x/sync/errgroup"

import _ "github.com/lib/pq/oid"
