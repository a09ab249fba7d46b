// Package tax knows the flat rates of the countries we ship to.
package tax

import "github.com/acme/shop/pkg/money"

var rates = map[string]int64{"CN": 0, "SG": 900, "MY": 1000, "DE": 1900, "FR": 2000, "GB": 2000}

// Of is the import tax on the value of the goods.
func Of(value money.Amount, country string) money.Amount {
	if country == "" {
		country = "CN"
	}
	bp, ok := rates[country]
	if !ok {
		return 0
	}
	return value.Percent(bp)
}

// DeMinimis is the value below which customs does not ask.
func DeMinimis(country string) money.Amount {
	switch country {
	case "DE", "FR":
		return 15000 * money.Yuan / 100
	case "GB":
		return 13500 * money.Yuan / 100
	case "SG":
		return 40000 * money.Yuan / 100
	}
	return 0
}
