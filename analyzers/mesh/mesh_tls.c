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

struct work {
	const struct analysis *a;
	const struct objects *o;
	const struct manifest *m;
};

/* A rule for the service itself counts, and none that is for it and others. */
static bool has_own_rule(const struct work *w, const struct object *service)
{
	const struct object_list *l = &w->o->of[OBJECT_DESTINATION_RULE];

	for (uint32_t i = 0; i < l->count; i++) {
		const char *host = manifest_text(manifest_at(l->item[i].m->root, "spec", "host",
							     NULL));

		const struct object *own = object_host(w->o, l->item[i].m->space, host).service;

		if (own && !strcmp(own->m->name, service->m->name) &&
		    !strcmp(own->m->space, service->m->space))
			return true;
	}
	return false;
}

/* One of the host's services that takes mTLS only; *ret_auth, *ret_mode say so. */
static const struct object *refusing(const struct work *w, const char *host,
				     const struct object **ret_auth,
				     const struct yaml_node **ret_mode)
{
	const struct object_list *l = &w->o->of[OBJECT_SERVICE];
	struct object_host h = object_host(w->o, w->m->space, host);

	if (h.service)
		return strict_of(w->o, h.service, ret_auth, ret_mode) ? h.service : NULL;
	for (uint32_t i = 0; *host == '*' && i < l->count; i++)
		if (object_host_wild(host, &l->item[i], w->a->scratch) &&
		    !has_own_rule(w, &l->item[i]) &&
		    strict_of(w->o, &l->item[i], ret_auth, ret_mode))
			return &l->item[i];
	return NULL;
}

static void judge(const struct work *w, const struct yaml_node *policy, const char *where)
{
	const struct analysis *a = w->a;
	const struct yaml_node *tls = manifest_at(policy, "tls", "mode", NULL), *mode = NULL;
	const char *host = manifest_text(manifest_at(w->m->root, "spec", "host", NULL));
	const struct object *auth = NULL, *service;

	if (strcmp(manifest_text(tls), "DISABLE") != 0)
		return;
	service = refusing(w, host, &auth, &mode);
	if (!service || has_ports(auth))
		return;
	const struct related related = {
		.at = manifest_span(a, mode), .note = "mTLS only",
	};

	manifest_tell(a, &(struct manifest_told){
		.rule = RULE_TLS_CONFLICT, .in = w->m, .at = tls, .symbol = where,
		.message = arena_printf(a->scratch,
			"%s turns TLS off for '%s', which takes mTLS only: every call of the mesh "
			"is refused", manifest_label(w->m, a->scratch),
			text_cut(a->scratch, text_escape(a->scratch, *host == '*' ?
							 service->m->name : host), 80)),
		.related = &related, .nrelated = 1,
	});
}

/* A policy, and what it says of single ports. */
static void judge_policy(const struct work *w, const struct yaml_node *policy, const char *where)
{
	const struct yaml_node *ports = policy ? yaml_get(policy, "portLevelSettings") : NULL;

	if (policy)
		judge(w, policy, where);
	for (uint32_t i = 0; ports && ports->kind == YAML_LIST && i < ports->count; i++)
		judge(w, ports->item[i], arena_printf(w->a->scratch, "%s:%s", where, manifest_text(
			manifest_at(ports->item[i], "port", "number", NULL))));
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct object_list *l;
	struct objects o;

	objects_init(a->manifests, a->scratch, &o);
	l = &o.of[OBJECT_DESTINATION_RULE];
	for (uint32_t i = 0; i < l->count; i++) {
		const struct manifest *m = l->item[i].m;
		const struct work w = { .a = a, .o = &o, .m = m };
		const struct yaml_node *subsets = manifest_at(m->root, "spec", "subsets", NULL);

		judge_policy(&w, manifest_at(m->root, "spec", "trafficPolicy", NULL), "");
		for (uint32_t s = 0; subsets && subsets->kind == YAML_LIST && s < subsets->count;
		     s++)
			judge_policy(&w, yaml_get(subsets->item[s], "trafficPolicy"),
				     manifest_text(yaml_get(subsets->item[s], "name")));
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
