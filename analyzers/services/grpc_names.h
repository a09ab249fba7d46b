/* SPDX-License-Identifier: MIT */
/*
 * grpc_names.h - the full name of a gRPC service: what the generated code says, where it
 * is in the tree.
 */
#ifndef MESHCTL_SERVICES_GRPC_NAMES_H
#define MESHCTL_SERVICES_GRPC_NAMES_H

#include "analyzers/services/eval.h"

/*
 * Of pb.NewXClient(...) and pb.RegisterXServer(...): "package.X"; only X where the
 * generated code is not in the tree.  NULL where the call is none of them.
 */
const char *grpc_name(const struct eval *e, uint32_t file, uint32_t call, const char *before,
		      const char *behind);

#endif
