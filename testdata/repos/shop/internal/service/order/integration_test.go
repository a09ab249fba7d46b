//go:build integration
// +build integration

package order_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	orderdao "github.com/acme/shop/internal/dao/order"
	"github.com/acme/shop/pkg/store"
)

// Needs the docker-compose database: go test -tags integration ./internal/service/order
func TestListAgainstMySQL(t *testing.T) {
	dsn := os.Getenv("SHOP_TEST_DSN")
	if dsn == "" {
		t.Skip("SHOP_TEST_DSN is not set")
	}
	db, err := store.Open(store.Config{DSN: dsn, MaxOpen: 4})
	require.NoError(t, err)
	repo := orderdao.NewOrderRepo(dao.NewBase(db, nil))
	_, _, err = repo.List(context.Background(), orderdao.OrderFilter{})
	require.NoError(t, err)
}
