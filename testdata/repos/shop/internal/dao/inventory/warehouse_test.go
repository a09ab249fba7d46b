package inventory_test

import (
	"context"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	invdao "github.com/acme/shop/internal/dao/inventory"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/testx"
)

func TestWarehouseGetByCode(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_warehouse`").
		WithArgs("A1001", 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "code"}).AddRow(7, "A1001"))
	got, err := invdao.NewWarehouseRepo(dao.NewBase(db, nil)).GetByCode(context.Background(), "A1001")
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestWarehouseNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_warehouse`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := invdao.NewWarehouseRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
