// Package i18n translates codes and templates; English is the fallback.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

//go:embed locales/*.json
var files embed.FS

var (
	once  sync.Once
	table map[string]map[string]string
)

func load() {
	table = map[string]map[string]string{}
	entries, err := files.ReadDir("locales")
	if err != nil {
		return
	}
	for _, e := range entries {
		b, err := files.ReadFile("locales/" + e.Name())
		if err != nil {
			continue
		}
		m := map[string]string{}
		if json.Unmarshal(b, &m) == nil {
			table[strings.TrimSuffix(e.Name(), ".json")] = m
		}
	}
}

// T looks key up in lang, then in its base language, then in English, then gives the key back.
func T(lang, key string, args ...any) string {
	once.Do(load)
	for _, l := range []string{lang, base(lang), "en"} {
		if s, ok := table[l][key]; ok {
			if len(args) == 0 {
				return s
			}
			return fmt.Sprintf(s, args...)
		}
	}
	return key
}

func base(lang string) string {
	if i := strings.IndexAny(lang, "-_"); i > 0 {
		return lang[:i]
	}
	return lang
}

// Match picks the best language of an Accept-Language header.
func Match(header string) string {
	once.Do(load)
	for _, part := range strings.Split(header, ",") {
		tag := strings.TrimSpace(strings.SplitN(part, ";", 2)[0])
		if _, ok := table[tag]; ok {
			return tag
		}
		if _, ok := table[base(tag)]; ok {
			return base(tag)
		}
	}
	return "zh"
}
