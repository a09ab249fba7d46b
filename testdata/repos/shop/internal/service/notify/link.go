package notify

import (
	"strconv"
	"strings"

	"github.com/acme/shop/internal/router/path"
)

// OrderLink is appended to messages. 跟路由绑死了：改路由要记得改短信.
func OrderLink(host string, orderID int64) string {
	return host + strings.Replace(path.OrderDetail, ":id", strconv.FormatInt(orderID, 10), 1)
}

func TrackLink(host, waybill string) string {
	return host + strings.Replace(path.ShipmentTrack, ":no", waybill, 1)
}
