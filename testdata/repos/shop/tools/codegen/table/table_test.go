package table

import "testing"

func TestParse(t *testing.T) {
	ts := Parse("CREATE TABLE IF NOT EXISTS `t_a` (\n  `id` bigint,\n  `b` int\n);\n")
	if len(ts) != 1 || ts[0].Name != "t_a" || len(ts[0].Columns) != 2 {
		t.Fatalf("%+v", ts)
	}
}
