package order

import (
	"testing"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/timex"
)

func TestSplitDeposit(t *testing.T) {
	d := SplitDeposit(&ordermodel.Order{PayAmount: 10000}, timex.Now())
	if d.Deposit != 1000 || d.Counts != 2000 || d.Balance != 8000 {
		t.Fatalf("%+v", d)
	}
}

func TestFromRow(t *testing.T) {
	o, items, err := fromRow(map[string]string{"平台单号": "T1", "平台": "tmall", "实付金额": "30.00", "数量": "3", "SKU": "9", "商品": "杯子"})
	if err != nil || o.PayAmount != 3000 || len(items) != 1 || items[0].UnitPrice != 1000 {
		t.Fatalf("%+v %v", o, err)
	}
	if _, _, err := fromRow(map[string]string{"平台单号": "T2", "实付金额": "abc"}); err == nil {
		t.Fatal("a bad amount must fail")
	}
}
