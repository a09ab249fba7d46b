git init -q
mkdir -p internal/order/domain internal/order/application internal/order/infrastructure internal/user/domain internal/user/application cmd/server
printf 'module ex.com/mall\n\ngo 1.22\n' > go.mod
cat > .meshctl.yaml <<'Y'
version: 1
layers:
  domain: { in: ["internal/*/domain/**"] }
  application: { in: ["internal/*/application/**"], uses: [domain] }
  infrastructure: { in: ["internal/*/infrastructure/**"], uses: [domain] }
  main: { in: ["cmd/**"], uses: any }
contexts:
  order: { in: ["internal/order/**"] }
  user: { in: ["internal/user/**"] }
Y
echo 'package domain

type Order struct{}' > internal/order/domain/order.go
echo 'package domain

type User struct{}' > internal/user/domain/user.go
echo 'package infrastructure

import "ex.com/mall/internal/order/domain"

type Repo struct{ O domain.Order }

func NewRepo() *Repo { return nil }' > internal/order/infrastructure/repo.go
echo 'package application

import "ex.com/mall/internal/order/domain"

func Submit(o domain.Order) {}' > internal/order/application/submit.go
echo 'package application

import "ex.com/mall/internal/user/domain"

func Rename(u domain.User) {}' > internal/user/application/rename.go
echo 'package main

import (
	_ "ex.com/mall/internal/order/application"
	_ "ex.com/mall/internal/order/infrastructure"
	_ "ex.com/mall/internal/user/application"
)

func main() {}' > cmd/server/main.go
git add -A; git commit -q -m base
git checkout -q -b change
echo 'package application

import (
	"ex.com/mall/internal/order/domain"
	"ex.com/mall/internal/order/infrastructure"
	user "ex.com/mall/internal/user/application"
	ud "ex.com/mall/internal/user/domain"
)

func Submit(o domain.Order) { infrastructure.NewRepo(); user.Rename(ud.User{}) }' > internal/order/application/submit.go
mkdir -p internal/order/domain/refund; echo 'package refund

type Refund struct{}' > internal/order/domain/refund/refund.go
echo 'package main

import (
	_ "ex.com/mall/internal/order/application"
	_ "ex.com/mall/internal/user/application"
)

func main() {}' > cmd/server/main.go
git add -A; git commit -q -m change
