/* SPDX-License-Identifier: MIT */
/*
 * manifest.h - what a cluster is told about services: the files of templates/mesh, filled
 * from the service model.  Which there are says manifests.def.  Deterministic; each fact
 * carries the line of code that it came from as a comment.
 */
#ifndef MESHCTL_TEMPLATES_MANIFEST_H
#define MESHCTL_TEMPLATES_MANIFEST_H

#include "analyzers/services/services.h"
#include "base/json_tree.h"

#define MESH_TARGETS_ALL 0xfu
enum mesh_target {
	TARGET_ISTIO = 1, TARGET_GATEWAY_API = 2, TARGET_CONSUL = 4, TARGET_NGINX = 8
};
enum mesh_stage {
	STAGE_MONO = 1,                 /* a name for each service in front of one program */
	STAGE_SPLIT = 2,                /* a program each, plain Kubernetes */
	STAGE_MESH = 4                  /* the target's routing and security too */
};

/* A step of a release: the new version beside the old one. */
struct release {
	const char *fresh;              /* "v2" */
	uint32_t weight;                /* percent of the requests that it gets */
	bool testers;                   /* it gets those that carry the header */
	const char *zone;               /* only callers there; NULL = everywhere */
	bool strict;                    /* plain text is refused, the calls of strangers too */
	bool alone;                     /* the old version is gone */
	bool steady;                    /* mTLS is as without a release, whatever `strict` */
};

struct manifest_wish {
	const struct services *services;
	/* [services->count]; NULL = all whose program is here.  The rest are not in the mesh. */
	const bool *wanted;
	/* [services->count] of those wanted, whose files alone are made; NULL = every file */
	const bool *only;
	enum mesh_target target;
	enum mesh_stage stage;
	const struct release *release;  /* of every service whose files are made; NULL = none */
};

struct manifest {
	const char *path;               /* below the output folder: "orders/service.yaml" */
	const char *text;               /* without a marker */
	bool yaml;                      /* what kubectl takes */
};
struct manifests {
	struct manifest *item;          /* by path */
	uint32_t count;
	uint32_t lost;                  /* settings of guards that nothing can carry over */
	uint32_t unrouted;              /* services of TCP alone, which the target cannot route */
	uint32_t untold;                /* guards of those wanted whose target nothing tells */
};

#define VERSION_OLD "v1"                /* what runs today */

/* All of *ret lives in the arena. */
int manifests_make(const struct manifest_wish *w, struct arena *arena, struct manifests *ret,
		   struct err *err);

/* Could a file of this name be one that the wish makes, of a service of whatever name? */
bool manifest_is_place(const struct manifest_wish *w, const char *path);

/* The text of a template of templates/mesh, filled in. */
int manifest_render(const char *name, const unsigned char *text, const struct json *data,
		    struct arena *arena, const char **ret, struct err *err);

#endif
