package crypto

import "strings"

// MaskPhone keeps three digits in front and four behind: 138****5678.
func MaskPhone(p string) string {
	if len(p) < 8 {
		return p
	}
	return p[:3] + strings.Repeat("*", len(p)-7) + p[len(p)-4:]
}

func MaskName(n string) string {
	r := []rune(n)
	if len(r) < 2 {
		return n
	}
	return string(r[:1]) + strings.Repeat("*", len(r)-1)
}
