package user

import "strings"

// Active users may log in and buy.
func (u *User) Active() bool { return u.Status == UserNormal }

// Shard is the table suffix of the orders of this user.
func (u *User) Shard() int { return int(u.ID % 64) }

// Full joins the parts for a label.
func (a *Address) Full() string {
	parts := []string{a.Province, a.City, a.District, a.Detail}
	if a.Country != "" && a.Country != "CN" {
		parts = []string{a.Detail, a.District, a.City, a.Province, a.Zip, a.Country}
		return strings.Join(parts, ", ")
	}
	return strings.Join(parts, "")
}
