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

func TestOrderGetByOrderNo(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_order`").
		WithArgs("A1001", 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "order_no"}).AddRow(7, "A1001"))
	got, err := orderdao.NewOrderRepo(dao.NewBase(db, nil)).GetByOrderNo(context.Background(), "A1001")
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestOrderNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_order`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := orderdao.NewOrderRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
