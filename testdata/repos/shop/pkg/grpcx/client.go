package grpcx

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/log"
)

const serviceConfig = `{"loadBalancingConfig":[{"round_robin":{}}],"methodConfig":[{"name":[{}],"timeout":"2s",
"retryPolicy":{"maxAttempts":3,"initialBackoff":"0.1s","maxBackoff":"1s","backoffMultiplier":2,"retryableStatusCodes":["UNAVAILABLE"]}}]}`

// Dial finds the peer by its NAME_ADDR variable.
func Dial(name, def string) (*grpc.ClientConn, error) {
	addr := config.Addr(name, def)
	return grpc.NewClient(addr,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithChainUnaryInterceptor(traceUnary),
	)
}

func traceUnary(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	if id := log.TraceID(ctx); id != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "x-trace-id", id)
	}
	return invoke(ctx, method, req, reply, cc, opts...)
}
