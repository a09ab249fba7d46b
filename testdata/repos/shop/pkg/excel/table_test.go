package excel

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRoundTrip(t *testing.T) {
	tb := Table{Sheet: "订单", Head: []string{"单号", "金额"}}
	tb.Add("SO1", "12.30")
	var buf bytes.Buffer
	require.NoError(t, tb.Write(&buf))
	rows, err := Read(&buf, "订单")
	require.NoError(t, err)
	require.Equal(t, []map[string]string{{"单号": "SO1", "金额": "12.30"}}, rows)
}
