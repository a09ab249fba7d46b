// Package config reads configs/*.yaml and the environment; APP_ENV chooses the overlay.
package config

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/viper"
)

var v = viper.New()

// Load reads base.yaml, then <env>.yaml on top of it, then SHOP_* variables.
func Load(dir, env string) error {
	v.SetConfigType("yaml")
	v.AddConfigPath(dir)
	v.SetConfigName("base")
	if err := v.ReadInConfig(); err != nil {
		return fmt.Errorf("read base config: %w", err)
	}
	if env != "" {
		v.SetConfigName(env)
		if err := v.MergeInConfig(); err != nil {
			return fmt.Errorf("merge %s config: %w", env, err)
		}
	}
	v.SetEnvPrefix("SHOP")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	return nil
}

// LoadBytes is for tests and for the embedded defaults.
func LoadBytes(b []byte) error {
	v.SetConfigType("yaml")
	return v.MergeConfig(bytes.NewReader(b))
}

func String(key string) string            { return v.GetString(key) }
func Int(key string) int                  { return v.GetInt(key) }
func Int64(key string) int64              { return v.GetInt64(key) }
func Bool(key string) bool                { return v.GetBool(key) }
func Duration(key string) time.Duration   { return v.GetDuration(key) }
func Strings(key string) []string         { return v.GetStringSlice(key) }
func Set(key string, val any)             { v.Set(key, val) }
func Unmarshal(key string, out any) error { return v.UnmarshalKey(key, out) }
func DurationOr(key string, d time.Duration) time.Duration {
	if v.IsSet(key) {
		return v.GetDuration(key)
	}
	return d
}
