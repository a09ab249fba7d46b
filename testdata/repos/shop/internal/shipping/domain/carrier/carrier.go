// Package carrier knows which carrier goes where.
package carrier

// Carrier has the columns of t_carrier in its tags, although no ORM is imported here.
type Carrier struct {
	Code      string   `gorm:"column:code;primaryKey;size:16" json:"code"`
	Name      string   `gorm:"column:name;size:64" json:"name"`
	Provinces []string `gorm:"column:provinces;serializer:json" json:"provinces"`
	Abroad    bool     `gorm:"column:abroad" json:"abroad"`
	MaxGram   int64    `gorm:"column:max_gram" json:"max_gram"`
	Days      int      `gorm:"column:days" json:"days"`
	Enabled   bool     `gorm:"column:enabled" json:"enabled"`
}

// Serves is about geography and weight only; prices are in package freight.
func (c Carrier) Serves(d Destination, gram int64) bool {
	if !c.Enabled || c.MaxGram > 0 && gram > c.MaxGram {
		return false
	}
	if d.Abroad() {
		return c.Abroad
	}
	if len(c.Provinces) == 0 {
		return true
	}
	for _, p := range c.Provinces {
		if p == d.Province {
			return true
		}
	}
	return false
}

type Destination struct{ Country, Province, City string }

func (d Destination) Abroad() bool { return d.Country != "" && d.Country != "CN" }
