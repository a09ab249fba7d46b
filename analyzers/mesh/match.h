/* SPDX-License-Identifier: MIT */
/* match.h - which workload of the manifests runs which service of the code. */
#ifndef MESHCTL_MESH_MATCH_H
#define MESHCTL_MESH_MATCH_H

#include "analyzers/mesh/objects.h"
#include "analyzers/services/services.h"

struct mesh_match {
	const struct object **of;       /* [services] the workload; NULL = none */
	uint32_t matched;               /* services that have one */
	uint32_t workloads;             /* that are one of them */
};

/* By name, then the label app, the folder of its program, an image.  Lives in the arena. */
void mesh_match(const struct objects *o, const struct services *s, struct arena *arena,
		struct mesh_match *ret);
/* The service that the workload runs; NULL = none of the code. */
const struct service *mesh_match_service(const struct mesh_match *m, const struct services *s,
					 const struct object *workload);

/*
 * A workload that seems to be of this project, as an image of it is kept where those of
 * matched ones are, and that no service of the code is: the image.  NULL = another's.
 */
const struct yaml_node *mesh_match_stranger(const struct mesh_match *m, const struct services *s,
					    const struct object *workload);

/*
 * Does the service, in this container, listen on the port?  Its environment may say another
 * one than the code.  SERVES_MAYBE where nothing tells; else *ret_own is one that it has.
 */
enum serves mesh_match_listens(const struct service *s, const struct yaml_node *container,
			       uint32_t port, uint32_t *ret_own);

#endif
