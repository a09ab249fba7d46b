// Package storage puts files into OSS or, in dev, into a folder.
package storage

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type Store interface {
	Put(ctx context.Context, key string, r io.Reader) (url string, err error)
	Open(ctx context.Context, key string) (io.ReadCloser, error)
}

// New chooses by URL: file:///tmp/shop, or https://bucket.oss-cn-hangzhou.aliyuncs.com.
func New(raw string) (Store, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, err
	}
	switch u.Scheme {
	case "file", "":
		return &local{root: u.Path}, nil
	case "https":
		return &oss{base: raw, hc: &http.Client{Timeout: 30 * time.Second}}, nil
	}
	return nil, fmt.Errorf("storage: unknown scheme %q", u.Scheme)
}
