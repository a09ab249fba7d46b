package page

import "testing"

func TestQuery(t *testing.T) {
	if (Query{}).Limit() != defaultSize || (Query{Size: 5000}).Limit() != maxSize {
		t.Fatal("limit")
	}
	if (Query{Page: 3, Size: 10}).Offset() != 20 {
		t.Fatal("offset")
	}
	if got := (Query{Sort: "id; DROP TABLE t_order"}).OrderBy("id DESC"); got != "id DESC" {
		t.Fatal(got)
	}
}
