package report

import log "log/slog"
