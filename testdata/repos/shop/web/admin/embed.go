// Package admin embeds the back office's pages.
package admin

import (
	"embed"
	"io/fs"
)

//go:embed dist
var dist embed.FS

// Files has index.html at its root.
var Files = must(fs.Sub(dist, "dist"))

func must(f fs.FS, err error) fs.FS {
	if err != nil {
		panic(err)
	}
	return f
}
