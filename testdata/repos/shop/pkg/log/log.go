// Package log is a thin skin over zap that adds the trace id.
package log

import (
	"context"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type Field = zap.Field

// L is replaced by Init; tests swap it too, which is why they cannot run in parallel.
var L = zap.NewNop()

// Level can be turned by the ops endpoint at run time.
var Level = zap.NewAtomicLevelAt(zapcore.InfoLevel)

type traceKey struct{}

// WithTrace is called once per request by the access log.
func WithTrace(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, traceKey{}, id)
}

func TraceID(ctx context.Context) string {
	id, _ := ctx.Value(traceKey{}).(string)
	return id
}

// Init builds the process logger. env "dev" prints for people, anything else JSON.
func Init(service, env string) error {
	cfg := zap.NewProductionConfig()
	if env == "dev" {
		cfg = zap.NewDevelopmentConfig()
	}
	cfg.Level = Level
	cfg.EncoderConfig.EncodeTime = zapcore.ISO8601TimeEncoder
	l, err := cfg.Build(zap.AddCallerSkip(1))
	if err != nil {
		return err
	}
	L = l.With(zap.String("service", service), zap.String("env", env))
	return nil
}

func with(ctx context.Context, fs []Field) []Field {
	if id := TraceID(ctx); id != "" {
		fs = append(fs, zap.String("trace_id", id))
	}
	return fs
}

func Debug(ctx context.Context, msg string, fs ...Field) { L.Debug(msg, with(ctx, fs)...) }
func Info(ctx context.Context, msg string, fs ...Field)  { L.Info(msg, with(ctx, fs)...) }
func Warn(ctx context.Context, msg string, fs ...Field)  { L.Warn(msg, with(ctx, fs)...) }
func Error(ctx context.Context, msg string, fs ...Field) { L.Error(msg, with(ctx, fs)...) }
