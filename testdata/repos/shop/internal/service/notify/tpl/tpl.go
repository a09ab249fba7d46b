// Package tpl renders message templates by name and language.
package tpl

import (
	"fmt"

	"github.com/acme/shop/pkg/i18n"
)

// Render returns title and body; templates without title are short messages.
func Render(lang, name string, args ...any) (title, body string, err error) {
	body = i18n.T(lang, name+".body", args...)
	if body == name+".body" {
		body = i18n.T(lang, name, args...)
		if body == name {
			return "", "", fmt.Errorf("no template %q", name)
		}
		return "", body, nil
	}
	return i18n.T(lang, name+".title"), body, nil
}
