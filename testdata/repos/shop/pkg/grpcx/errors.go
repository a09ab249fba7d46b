package grpcx

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/acme/shop/pkg/errs"
)

// ToStatus is used by every server method.
func ToStatus(err error) error {
	if err == nil {
		return nil
	}
	switch errs.CodeOf(err) {
	case errs.InvalidArgument:
		return status.Error(codes.InvalidArgument, err.Error())
	case errs.NotFound:
		return status.Error(codes.NotFound, err.Error())
	case errs.Conflict, errs.StateConflict, errs.InsufficientStock:
		return status.Error(codes.FailedPrecondition, err.Error())
	case errs.Unauthenticated:
		return status.Error(codes.Unauthenticated, err.Error())
	case errs.Forbidden, errs.RiskRejected:
		return status.Error(codes.PermissionDenied, err.Error())
	case errs.Unavailable:
		return status.Error(codes.Unavailable, err.Error())
	case errs.TooManyRequests:
		return status.Error(codes.ResourceExhausted, err.Error())
	}
	return status.Error(codes.Internal, err.Error())
}
