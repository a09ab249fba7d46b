package storage

import (
	"context"
	"io"
	"os"
	"path/filepath"
)

type local struct{ root string }

func (l *local) Put(_ context.Context, key string, r io.Reader) (string, error) {
	name := filepath.Join(l.root, filepath.Clean("/"+key))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", err
	}
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := io.Copy(f, r); err != nil {
		return "", err
	}
	return "file://" + name, f.Sync()
}

func (l *local) Open(_ context.Context, key string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(l.root, filepath.Clean("/"+key)))
}
