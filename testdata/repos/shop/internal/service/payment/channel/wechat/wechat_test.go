package wechat

import (
	"net/http"
	"testing"
)

func TestNotice(t *testing.T) {
	var tr transaction
	tr.OutTradeNo, tr.TradeState, tr.Amount.Total = "PY1", "SUCCESS", 1234
	n := tr.notice()
	if !n.Success || n.Amount.String() != "12.34" {
		t.Fatalf("%+v", n)
	}
}

func TestParseNotifyWantsSignature(t *testing.T) {
	if _, err := (&Client{}).ParseNotify(http.Header{}, []byte("{}")); err == nil {
		t.Fatal("unsigned")
	}
}
