/* SPDX-License-Identifier: MIT */
/*
 * objects.h - manifests as what they are to each other: services select pods, rules
 * name hosts.  A namespace that a manifest does not give is filled in when it is
 * applied: it fits every other.
 */
#ifndef MESHCTL_MESH_OBJECTS_H
#define MESHCTL_MESH_OBJECTS_H

#include "analyzers/mesh/mesh.h"

enum object_class {
	OBJECT_SERVICE, OBJECT_WORKLOAD, OBJECT_NAMESPACE, OBJECT_VIRTUAL_SERVICE,
	OBJECT_DESTINATION_RULE, OBJECT_GATEWAY, OBJECT_SERVICE_ENTRY, OBJECT_PEER_AUTH,
	OBJECT_SIDECAR, OBJECT_ROUTE, OBJECT_K8S_GATEWAY, OBJECT_INGRESS, OBJECT_SECRET,
	OBJECT_AUTHORIZATION, OBJECT_REQUEST_AUTH, OBJECT_TELEMETRY, OBJECT_WASM,
	OBJECT_ENVOY_FILTER,
	OBJECT_CLASSES
};

struct object {
	const struct manifest *m;
	const struct yaml_node *pod;    /* OBJECT_WORKLOAD: its pod, or its template; else NULL */
};

struct object_list { struct object *item; uint32_t count; };    /* by name, then namespace */

struct objects {
	struct object_list of[OBJECT_CLASSES];
	struct arena *arena;
};

/* Patches of kustomizations are left out: they are parts of others. */
void objects_init(const struct manifests *m, struct arena *arena, struct objects *ret);

/* Do these namespaces fit? */
bool object_space_fits(const char *a, const char *b);
/* What comes with the cluster and the mesh is in nobody's folder. */
bool object_space_of_cluster(const char *space);
/* The first of that name in a namespace that fits; NULL = none. */
const struct object *objects_get(const struct objects *o, enum object_class class,
				 const char *space, const char *name);

/* A service, or the host of a ServiceEntry, that a host stands for. */
struct object_host {
	const struct object *service;   /* NULL = none */
	const struct object *entry;     /* ServiceEntry; NULL = none */
	bool skipped;                   /* a wildcard or an address: nothing can be said */
};
/* As Istio resolves it in a namespace: a name without a dot is a service beside the rule. */
struct object_host object_host(const struct objects *o, const char *space, const char *host);

/* Does a host that begins with '*' stand for the service too? */
bool object_host_wild(const char *pattern, const struct object *service, struct arena *arena);
/* The namespace in "name.space.svc.cluster.local"; else false. */
bool object_host_space(const char *host, struct arena *arena, const char **ret_space);
/* Has the service, or another one of its name, that port?  True where none lists any. */
bool object_has_port(const struct objects *o, const struct object *service, uint32_t number);
/* Is it exported to the namespace?  Where a namespace is not given it may be. */
bool object_host_seen(const struct object_host *h, const char *space);
/* spec.KEY; NULL = it has none. */
const struct yaml_node *object_spec(const struct object *o, const char *key);
/* Is there a namespace that both are exported to? */
bool object_meet(const struct object *a, const struct object *b);

/* Do labels hold all that a selector asks for?  An empty selector selects nothing. */
bool object_selected(const struct yaml_node *selector, const struct yaml_node *labels);
const struct yaml_node *object_labels(const struct object *workload);
const struct yaml_node *object_annotations(const struct object *workload);
/* Workloads that a selector takes; NULL = all.  Of the namespaces that fit, "" fits all. */
uint32_t object_count_selected(const struct objects *o, const char *space,
			       const struct yaml_node *selector);
/*
 * Are they two for one purpose?  One name in one namespace are two forms of the same thing,
 * of which one is applied.  *ret_most as in manifest_told: what stands in different folders
 * may be a choice.
 */
bool object_rivals(const struct object *a, const struct object *b, enum severity *ret_most);
/* Does what a host or a gateway names ("*", "*.example.com") take in this host? */
bool object_host_fits(const char *pattern, const char *host);
/* The containers of a workload's pod; NULL = none. */
const struct yaml_node *object_containers(const struct object *workload);
/* Those that begin before them, and sometimes stay; NULL = none. */
const struct yaml_node *object_first_containers(const struct object *workload);

#endif
