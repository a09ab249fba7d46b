package refund

// Reasons in the order in which the app shows them.
var Reasons = []struct{ Code, Text string }{
	{"dislike", "不喜欢/不想要"},
	{"quality", "质量问题"},
	{"wrong", "发错货"},
	{"late", "未按约定时间发货"},
	{"damaged", "运输损坏"},
}

// SellerPays tells who carries the return freight.
func SellerPays(code string) bool {
	switch code {
	case "quality", "wrong", "damaged":
		return true
	}
	return false
}
