package storage

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

type oss struct {
	base string
	hc   *http.Client
}

func (o *oss) Put(ctx context.Context, key string, r io.Reader) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, o.base+"/"+key, r)
	if err != nil {
		return "", err
	}
	resp, err := o.hc.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("oss put %s: %s", key, resp.Status)
	}
	return o.base + "/" + key, nil
}

// Open hands the body over; the caller closes it.
func (o *oss) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.base+"/"+key, nil)
	if err != nil {
		return nil, err
	}
	resp, err := o.hc.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("oss get %s: %s", key, resp.Status)
	}
	return resp.Body, nil
}
