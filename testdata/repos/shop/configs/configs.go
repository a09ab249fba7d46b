// Package configs embeds the defaults.
package configs

import (
	_ "embed"
	"os"
)

//go:embed base.yaml
var Base []byte

// Dir is where the mounted configuration lies.
func Dir() string {
	if d := os.Getenv("CONFIG_DIR"); d != "" {
		return d
	}
	return "configs"
}
