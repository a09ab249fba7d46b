package config

import (
	"net"
	"os"
	"strings"
)

// Addr resolves where a peer listens: the NAME_ADDR variable wins, then config, then the default port.
// 老环境里还有人用 NAME_HOST + NAME_PORT，保留兼容.
func Addr(name, def string) string {
	key := strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	if a := os.Getenv(key + "_ADDR"); a != "" {
		return a
	}
	if h := os.Getenv(key + "_HOST"); h != "" {
		p := os.Getenv(key + "_PORT")
		if p == "" {
			p = "80"
		}
		return net.JoinHostPort(h, p)
	}
	if a := v.GetString("peers." + name); a != "" {
		return a
	}
	return def
}

func Env() string {
	if e := os.Getenv("APP_ENV"); e != "" {
		return e
	}
	return "dev"
}
