// Package grpc serves shipping to other processes.
package grpc

import (
	"context"

	gogrpc "google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/acme/shop/api/proto/shipping/v1"
	"github.com/acme/shop/internal/shipping/app/command"
	"github.com/acme/shop/internal/shipping/app/query"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/pkg/grpcx"
)

type Server struct {
	shippingv1.UnimplementedShippingServiceServer
	cmd *command.Handler
	qry *query.Handler
}

func Register(s *gogrpc.Server, c *command.Handler, q *query.Handler) {
	shippingv1.RegisterShippingServiceServer(s, &Server{cmd: c, qry: q})
}

func (s *Server) Quote(ctx context.Context, req *shippingv1.QuoteRequest) (*shippingv1.QuoteReply, error) {
	q, err := s.qry.Quote(ctx, contract.QuoteRequest{Country: req.GetCountry(), Province: req.GetProvince(), City: req.GetCity(), WeightGram: req.GetWeightGram(), GoodsCents: req.GetGoodsCents(), Express: req.GetExpress()})
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	return &shippingv1.QuoteReply{Carrier: q.Carrier, Cents: q.Cents, Days: int32(q.Days)}, nil
}

func (s *Server) Track(ctx context.Context, req *shippingv1.TrackRequest) (*shippingv1.TrackReply, error) {
	steps, err := s.qry.Track(ctx, req.GetOrderNo())
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	out := &shippingv1.TrackReply{}
	for _, st := range steps {
		out.Steps = append(out.Steps, &shippingv1.TrackStep{At: timestamppb.New(st.At), Text: st.Text})
	}
	return out, nil
}
