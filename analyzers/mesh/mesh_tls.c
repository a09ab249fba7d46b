/* SPDX-License-Identifier: MIT */
/* mesh_tls.c - a client that is told to send plain text to a server that takes mTLS only. */
#include "analyzers/mesh/inject.h"
#include "base/text.h"

#include <string.h>

/* The first workload of the host that takes mTLS only; *ret_mode says so. */
static const struct object *strict_of(const struct objects *o, const struct object *service,
				      const struct object **ret_auth,
				      const struct yaml_node **ret_mode)
{
	const struct object_list *l = &o->of[OBJECT_WORKLOAD];
	const struct yaml_node *selector = manifest_at(service->m->root, "spec", "selector", NULL);

	for (uint32_t i = 0; i < l->count; i++) {
		if (!object_space_fits(l->item[i].m->space, service->m->space) ||
		    !object_selected(selector, object_labels(&l->item[i])))
			continue;
		*ret_auth = mtls_of(o, &l->item[i], ret_mode);
		if (*ret_auth && !strcmp((*ret_mode)->text, "STRICT"))
			return &l->item[i];
	}
	return NULL;
}

/* Is there an own mode for a port?  Then nobody can say it of the workload. */
static bool has_ports(const struct object *auth)
{
	const struct yaml_node *ports = manifest_at(auth->m->root, "spec", "portLevelMtls", NULL);

	return ports && ports->count;
}

static void judge(const struct analysis *a, const struct objects *o, const struct manifest *m,
		  const struct yaml_node *policy, const char *where)
{
	const struct yaml_node *tls = manifest_at(policy, "tls", "mode", NULL), *mode = NULL;
	const char *host = manifest_text(manifest_at(m->root, "spec", "host", NULL));
	struct object_host h = object_host(o, m->space, host);
	const struct object *auth = NULL;

	if (strcmp(manifest_text(tls), "DISABLE") != 0 || !h.service ||
	    !strict_of(o, h.service, &auth, &mode) || has_ports(auth))
		return;
	const struct related related = {
		.at = manifest_span(a, mode), .note = "mTLS only",
	};

	manifest_tell(a, &(struct manifest_told){
		.rule = RULE_TLS_CONFLICT, .in = m, .at = tls, .symbol = where,
		.message = arena_printf(a->scratch,
			"%s turns TLS off for '%s', which takes mTLS only: every call of the mesh "
			"is refused", manifest_label(m, a->scratch),
			text_cut(a->scratch, text_escape(a->scratch, host), 80)),
		.related = &related, .nrelated = 1,
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct object_list *l;
	struct objects o;

	objects_init(a->manifests, a->scratch, &o);
	l = &o.of[OBJECT_DESTINATION_RULE];
	for (uint32_t i = 0; i < l->count; i++) {
		const struct manifest *m = l->item[i].m;
		const struct yaml_node *policy = manifest_at(m->root, "spec", "trafficPolicy",
							     NULL);
		const struct yaml_node *subsets = manifest_at(m->root, "spec", "subsets", NULL);

		if (policy)
			judge(a, &o, m, policy, "");
		for (uint32_t s = 0; subsets && subsets->kind == YAML_LIST && s < subsets->count;
		     s++) {
			policy = yaml_get(subsets->item[s], "trafficPolicy");
			if (policy)
				judge(a, &o, m, policy,
				      manifest_text(yaml_get(subsets->item[s], "name")));
		}
	}
	*ret_judged = l->count;
	return 0;
}

static const enum rule_id rules[] = { RULE_TLS_CONFLICT };

const struct analyzer analyzer_meshtls = {
	.name = "meshtls",
	.summary = "DestinationRules that turn off the TLS that a server asks for",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
