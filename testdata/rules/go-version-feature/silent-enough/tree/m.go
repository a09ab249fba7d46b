package m

import (
	"iter"
	"log/slog"
	"testing/synctest"
	"unique"
)
