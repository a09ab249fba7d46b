/* SPDX-License-Identifier: MIT */
/* inject.c - labels of namespaces and pods, and what PeerAuthentications say together. */
#include "analyzers/mesh/inject.h"

#include <string.h>

static const char *label_of(const struct yaml_node *labels, const char *key)
{
	return labels ? manifest_text(yaml_get(labels, key)) : "";
}

enum injection injection_of_space(const struct objects *o, const char *space)
{
	const struct object_list *l = &o->of[OBJECT_NAMESPACE];

	for (uint32_t i = 0; *space && i < l->count; i++) {
		const struct yaml_node *labels = manifest_at(l->item[i].m->root, "metadata",
							     "labels", NULL);
		const char *on = label_of(labels, "istio-injection");

		if (strcmp(l->item[i].m->name, space) != 0)
			continue;
		if (!strcmp(on, "disabled"))
			return INJECTION_OFF;
		return !strcmp(on, "enabled") || *label_of(labels, "istio.io/rev") ||
		       !strcmp(label_of(labels, "istio.io/dataplane-mode"), "ambient") ?
			INJECTION_ON : INJECTION_NONE;
	}
	return INJECTION_UNKNOWN;
}

enum injection injection_of(const struct objects *o, const struct object *workload,
			    const struct yaml_node **ret_why)
{
	const struct yaml_node *labels = object_labels(workload), *own = NULL;
	const struct yaml_node *notes = object_annotations(workload);
	enum injection space = injection_of_space(o, workload->m->space);

	*ret_why = manifest_at(workload->pod, "spec", "hostNetwork", NULL);
	/* A proxy would take the traffic of the whole node. */
	if (!strcmp(manifest_text(*ret_why), "true"))
		return INJECTION_OFF;
	*ret_why = NULL;
	if (space == INJECTION_OFF)
		return INJECTION_OFF;
	if (labels)
		own = yaml_get(labels, INJECT_KEY);
	if (!own && notes)
		own = yaml_get(notes, INJECT_KEY);
	if (own && !strcmp(own->text, "false")) {
		*ret_why = own;
		return INJECTION_OFF;
	}
	if (labels && own == yaml_get(labels, INJECT_KEY) && own && !strcmp(own->text, "true"))
		return INJECTION_ON;
	return space;
}

/* 3: of this workload, 2: of its namespace, 1: of the mesh; 0: of others. */
static unsigned rank_of(const struct object *auth, const struct object *workload)
{
	const struct yaml_node *selector = manifest_at(auth->m->root, "spec", "selector",
						       "matchLabels", NULL);
	bool root = !strcmp(auth->m->space, "istio-system");
	bool here = !strcmp(auth->m->space, workload->m->space) ||
		    (!root && object_space_fits(auth->m->space, workload->m->space));

	if (selector && selector->count)
		return here && object_selected(selector, object_labels(workload)) ? 3 : 0;
	return here ? 2 : root ? 1 : 0;
}

const struct object *mtls_of(const struct objects *o, const struct object *workload,
			     const struct yaml_node **ret_mode)
{
	const struct object_list *l = &o->of[OBJECT_PEER_AUTH];
	const struct object *best = NULL;
	unsigned rank = 0;

	*ret_mode = NULL;
	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *mode = manifest_at(l->item[i].m->root, "spec", "mtls",
							   "mode", NULL);
		unsigned own = rank_of(&l->item[i], workload);

		/* UNSET and nothing leave it to the wider one. */
		if (own <= rank || !*manifest_text(mode) || !strcmp(mode->text, "UNSET"))
			continue;
		best = &l->item[i];
		rank = own;
		*ret_mode = mode;
	}
	return best;
}
