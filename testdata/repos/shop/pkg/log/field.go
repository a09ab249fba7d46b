package log

import (
	"time"

	"go.uber.org/zap"
)

func String(k, v string) Field                 { return zap.String(k, v) }
func Int(k string, v int) Field                { return zap.Int(k, v) }
func Int64(k string, v int64) Field            { return zap.Int64(k, v) }
func Bool(k string, v bool) Field              { return zap.Bool(k, v) }
func Any(k string, v any) Field                { return zap.Any(k, v) }
func Duration(k string, v time.Duration) Field { return zap.Duration(k, v) }
func Err(err error) Field                      { return zap.Error(err) }
