package order_test

import (
	"context"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	orderdao "github.com/acme/shop/internal/dao/order"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/testx"
)

func TestInvoiceGetByOrderID(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_order_invoice`").
		WithArgs(int64(1001), 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "order_id"}).AddRow(7, int64(1001)))
	got, err := orderdao.NewInvoiceRepo(dao.NewBase(db, nil)).GetByOrderID(context.Background(), 1001)
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestInvoiceNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_order_invoice`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := orderdao.NewInvoiceRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
