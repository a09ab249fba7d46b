/* SPDX-License-Identifier: MIT */
/*
 * inject.h - who is in the mesh, and which mTLS mode holds for a workload: Istio's sidecar
 * injection, and PeerAuthentication from the most specific to the whole mesh.
 */
#ifndef MESHCTL_MESH_INJECT_H
#define MESHCTL_MESH_INJECT_H

#include "analyzers/mesh/objects.h"

#define INJECT_KEY "sidecar.istio.io/inject"

enum injection {
	INJECTION_UNKNOWN,              /* the namespace is not among the manifests */
	INJECTION_NONE,                 /* it is, without a label that says anything */
	INJECTION_ON,                   /* istio-injection: enabled, istio.io/rev, ambient */
	INJECTION_OFF,                  /* istio-injection: disabled: nothing overrides it */
};

enum injection injection_of_space(const struct objects *o, const char *space);
/*
 * Is the workload in the mesh?  INJECTION_NONE and _OFF: it is not; *ret_why is the
 * node that says so, or NULL.
 */
enum injection injection_of(const struct objects *o, const struct object *workload,
			    const struct yaml_node **ret_why);

/* The PeerAuthentication that holds for the workload, NULL = none; *ret_mode its mode's node. */
const struct object *mtls_of(const struct objects *o, const struct object *workload,
			     const struct yaml_node **ret_mode);

#endif
