package inventory_test

import (
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	invdao "github.com/acme/shop/internal/dao/inventory"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/pkg/testx"
)

func TestAvailableSumsWarehouses(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_stock`").WillReturnRows(sqlmock.NewRows([]string{"id", "sku_id", "available"}).AddRow(1, 9, 3).AddRow(2, 9, 4))
	b := dao.NewBase(db, nil)
	s := invsvc.New(invdao.NewStockRepo(b), invdao.NewStockFlowRepo(b), nil, nil, nil)
	got, err := s.Available(testx.Context(t), []int64{9})
	require.NoError(t, err)
	require.EqualValues(t, 7, got[9])
}
