//go:build go1.21

package m

import "log/slog"
