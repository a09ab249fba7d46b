// Command seed fills a development database.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/acme/shop/internal/dao"
	orderdao "github.com/acme/shop/internal/dao/order"
	userdao "github.com/acme/shop/internal/dao/user"
	"github.com/acme/shop/pkg/store"
	"github.com/acme/shop/test/fixture"
)

func main() {
	n := flag.Int("n", 100, "how many users")
	flag.Parse()
	db, err := store.Open(store.Config{DSN: os.Getenv("MYSQL_DSN"), MaxOpen: 4})
	if err != nil {
		fmt.Fprintln(os.Stderr, "seed:", err)
		os.Exit(1)
	}
	base := dao.NewBase(db, nil)
	users, orders := userdao.NewUserRepo(base), orderdao.NewOrderRepo(base)
	ctx := context.Background()
	for i := 0; i < *n; i++ {
		u := fixture.User(int64(i + 1))
		if err := users.Create(ctx, u); err != nil {
			fmt.Fprintln(os.Stderr, "seed:", err)
			os.Exit(1)
		}
		if err := orders.Create(ctx, fixture.Order(u.ID)); err != nil {
			fmt.Fprintln(os.Stderr, "seed:", err)
			os.Exit(1)
		}
	}
}
