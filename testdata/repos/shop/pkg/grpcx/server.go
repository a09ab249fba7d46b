// Package grpcx is how the shop serves and calls gRPC.
package grpcx

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/acme/shop/pkg/auth"
	"github.com/acme/shop/pkg/log"
)

// NewServer has keepalive, auth and recovery in place.
func NewServer(extra ...grpc.UnaryServerInterceptor) *grpc.Server {
	chain := append([]grpc.UnaryServerInterceptor{recoverUnary, authUnary}, extra...)
	return grpc.NewServer(
		grpc.ChainUnaryInterceptor(chain...),
		grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionAge: 5 * time.Minute, Time: 30 * time.Second}),
		grpc.MaxRecvMsgSize(8<<20),
	)
}

func recoverUnary(ctx context.Context, req any, info *grpc.UnaryServerInfo, h grpc.UnaryHandler) (resp any, err error) {
	defer func() {
		if r := recover(); r != nil {
			log.Error(ctx, "grpc panic", log.String("method", info.FullMethod), log.Any("panic", r))
			err = status.Error(codes.Internal, "internal error")
		}
	}()
	return h(ctx, req)
}

// authUnary takes the user from the metadata that the gateway sets.
func authUnary(ctx context.Context, req any, _ *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
	md, ok := metadata.FromIncomingContext(ctx)
	if ok {
		if tok := md.Get("authorization"); len(tok) > 0 {
			claims, err := auth.Parse(tok[0])
			if err != nil {
				return nil, status.Error(codes.Unauthenticated, "token")
			}
			ctx = auth.With(ctx, &auth.Session{Claims: *claims})
		}
		if id := md.Get("x-trace-id"); len(id) > 0 {
			ctx = log.WithTrace(ctx, id[0])
		}
	}
	return h(ctx, req)
}
