package report

import "log/slog"
