package geo

// Remote provinces cost extra with every carrier (偏远地区).
var remote = map[string]bool{
	"新疆维吾尔自治区": true,
	"西藏自治区":    true,
	"内蒙古自治区":   true,
	"青海省":      true,
	"海南省":      true,
}

func IsRemote(province string) bool { return remote[province] }

// Overseas includes Hong Kong, Macau and Taiwan, because customs does.
func Overseas(country, province string) bool {
	if country != "" && country != "CN" {
		return true
	}
	switch province {
	case "香港特别行政区", "澳门特别行政区", "台湾省":
		return true
	}
	return false
}
