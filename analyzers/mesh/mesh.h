/* SPDX-License-Identifier: MIT */
/* mesh.h - what the analyses of manifests have in common: telling a finding at a node. */
#ifndef MESHCTL_MESH_H
#define MESHCTL_MESH_H

#include "analyzers/analyzer.h"
#include "graph/source/manifests/manifests.h"

/* "Deployment 'orders'", with its namespace where it names one. */
const char *manifest_label(const struct manifest *m, struct arena *arena);

/* Text of a manifest in a message: escaped, and cut where it is long. */
const char *manifest_shown(const char *text, struct arena *arena);
/* How many a list has; 0 for what is none, and for NULL. */
uint32_t manifest_count(const struct yaml_node *list);

/* Is a label or an annotation of Istio's domain? */
bool manifest_is_istio(const char *key);

struct manifest_told {
	enum rule_id rule;
	const struct manifest *in;      /* what it is about */
	const struct yaml_node *at;     /* NULL = its name */
	const char *symbol;             /* narrows it: a field, a host; "" = nothing */
	const char *message;
	const char *why, *fix;          /* of this very case; NULL = the rule's */
	enum severity most;             /* SEV_OFF = as the rule has it; else at most this */
	const struct related *related;
	uint32_t nrelated;
};

/* Adds a finding with the place of the node. */
void manifest_tell(const struct analysis *a, const struct manifest_told *t);
struct span manifest_span(const struct analysis *a, const struct yaml_node *n);

#endif
