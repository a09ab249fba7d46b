/* SPDX-License-Identifier: MIT */
/*
 * mesh_wire.c - what travels: TLS that verifies nobody, ServiceEntries whose ports take in
 * more than they say, Services that disagree on the ports of one workload.
 * Istio's analysis: IST0116, IST0128, IST0129, IST0134, IST0137, IST0177.
 */
#include "analyzers/mesh/inject.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

struct work {
	const struct analysis *a;
	const struct objects *o;
	uint64_t judged;
};

/* ---- TLS of DestinationRules ---- */

static void judge_tls(struct work *w, const struct object *o, const struct yaml_node *tls,
		      const char *where)
{
	const char *mode = manifest_text(yaml_get(tls, "mode")), *fault;
	struct arena *s = w->a->scratch;
	bool skips = !strcmp(manifest_text(yaml_get(tls, "insecureSkipVerify")), "true");
	bool credential = *manifest_text(yaml_get(tls, "credentialName"));
	bool in_vain = credential && !object_spec(o, "workloadSelector");

	if (strcmp(mode, "SIMPLE") != 0 && strcmp(mode, "MUTUAL") != 0)
		return;
	w->judged++;
	if (!skips && (*manifest_text(yaml_get(tls, "caCertificates")) || (credential && !in_vain)))
		return;
	if (skips)
		fault = "takes every certificate: insecureSkipVerify";
	else if (in_vain)
		fault = "names a credentialName, which a sidecar reads with a workloadSelector "
			"only";
	else
		fault = "names no caCertificates: a server is verified by what the proxy's image "
			"trusts, by older proxies not at all";
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_TLS_UNVERIFIED, .in = o->m, .at = yaml_get(tls, "mode"),
		.symbol = where, .most = skips || in_vain ? SEV_OFF : SEV_INFO,
		.message = arena_printf(s, "%s%s%s %s", manifest_label(o->m, s),
					*where ? ": port " : "", manifest_shown(where, s), fault),
	});
}

static void judge_rule(struct work *w, const struct object *o)
{
	const struct yaml_node *policy = object_spec(o, "trafficPolicy");
	const struct yaml_node *ports = policy ? yaml_get(policy, "portLevelSettings") : NULL;

	if (policy && yaml_get(policy, "tls"))
		judge_tls(w, o, yaml_get(policy, "tls"), "");
	for (uint32_t i = 0; ports && i < manifest_count(ports); i++) {
		const struct yaml_node *tls = yaml_get(ports->item[i], "tls");

		if (tls)
			judge_tls(w, o, tls, manifest_text(manifest_at(ports->item[i], "port",
								       "number", NULL)));
	}
}

/* ---- ServiceEntries ---- */

/* A port of TCP knows its host by the address alone. */
static void judge_addresses(struct work *w, const struct object *o)
{
	const struct yaml_node *ports = object_spec(o, "ports");

	if (manifest_count(object_spec(o, "addresses")))
		return;
	for (uint32_t i = 0; ports && i < manifest_count(ports); i++) {
		const struct yaml_node *protocol = yaml_get(ports->item[i], "protocol");
		const struct yaml_node *number = yaml_get(ports->item[i], "number");
		const char *text = manifest_text(protocol);

		w->judged++;
		if (*text && strcasecmp(text, "TCP") != 0)
			continue;
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_SERVICE_ENTRY_SHAPE, .in = o->m,
			.at = protocol ? protocol : number, .symbol = manifest_text(number),
			.message = arena_printf(w->a->scratch, "%s has no addresses: port %s, "
						"which is TCP, stands for every host on that port",
						manifest_label(o->m, w->a->scratch),
						manifest_shown(manifest_text(number),
							       w->a->scratch)),
		});
	}
}

static bool share_host(const struct object *a, const struct object *b)
{
	const struct yaml_node *left = object_spec(a, "hosts"), *right = object_spec(b, "hosts");

	for (uint32_t i = 0; i < manifest_count(left); i++)
		for (uint32_t k = 0; k < manifest_count(right); k++)
			if (!strcmp(manifest_text(left->item[i]), manifest_text(right->item[k])))
				return true;
	return false;
}

/* The protocol of a port that the other one has with another; NULL = none. */
static const struct yaml_node *disputed(const struct object *a, const struct object *b)
{
	const struct yaml_node *left = object_spec(a, "ports"), *right = object_spec(b, "ports");

	for (uint32_t i = 0; i < manifest_count(left); i++)
		for (uint32_t k = 0; k < manifest_count(right); k++) {
			const struct yaml_node *own = yaml_get(left->item[i], "protocol");
			const char *port = manifest_text(yaml_get(left->item[i], "number"));

			if (own && !strcmp(port, manifest_text(yaml_get(right->item[k],
									"number"))) &&
			    strcasecmp(manifest_text(own),
				       manifest_text(yaml_get(right->item[k], "protocol"))) != 0)
				return own;
		}
	return NULL;
}

static void judge_dispute(struct work *w, const struct object *a)
{
	const struct object_list *l = &w->o->of[OBJECT_SERVICE_ENTRY];
	struct arena *s = w->a->scratch;
	enum severity most;

	for (uint32_t i = 0; i < l->count && l->count <= limit_of(LIMIT_MANIFEST_RIVALS); i++) {
		const struct object *b = &l->item[i];
		const struct yaml_node *at;

		if (a == b || !object_rivals(a, b, &most) || !share_host(a, b) ||
		    !object_meet(a, b) || !(at = disputed(a, b)))
			continue;
		const struct related related = {
			.at = manifest_span(w->a, b->m->name_at), .note = "the other one",
		};

		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_SERVICE_ENTRY_SHAPE, .in = a->m, .at = at, .most = most,
			.symbol = b->m->name,
			.message = arena_printf(s, "%s and %s give one port of the same host "
						"different protocols", manifest_label(a->m, s),
						manifest_label(b->m, s)),
			.related = &related, .nrelated = 1,
		});
		return;
	}
}

/* ---- Services of one workload ---- */

static const char *target_of(const struct yaml_node *port)
{
	const char *to = manifest_text(yaml_get(port, "targetPort"));

	return *to && strcmp(to, "0") != 0 ? to : manifest_text(yaml_get(port, "port"));
}

/* Why two ports cannot both be; NULL = they can. */
static const char *clash(const struct yaml_node *a, const struct yaml_node *b, struct arena *s)
{
	const char *left = manifest_text(yaml_get(a, "port"));
	const char *right = manifest_text(yaml_get(b, "port"));
	const char *one = manifest_text(yaml_get(a, "protocol"));
	const char *other = manifest_text(yaml_get(b, "protocol"));

	one = *one ? one : "TCP";
	other = *other ? other : "TCP";
	if (!strcmp(left, right) && strcmp(one, other) != 0)
		return arena_printf(s, "have port %s with different protocols",
				    manifest_shown(left, s));
	if (!strcmp(target_of(a), target_of(b)) && strcmp(left, right) != 0)
		return arena_printf(s, "send different ports, %s and %s, to its port %s",
				    manifest_shown(left, s), manifest_shown(right, s),
				    manifest_shown(target_of(a), s));
	return NULL;
}

static void judge_services(struct work *w, const struct object *pod, const struct object *a,
			   const struct object *b)
{
	const struct yaml_node *left = object_spec(a, "ports"), *right = object_spec(b, "ports");
	struct arena *s = w->a->scratch;
	const char *why = NULL;

	for (uint32_t i = 0; i < manifest_count(left) && !why; i++)
		for (uint32_t k = 0; k < manifest_count(right) && !why; k++)
			why = clash(left->item[i], right->item[k], s);
	if (!why)
		return;
	const struct related related[] = {
		{ .at = manifest_span(w->a, a->m->name_at), .note = "one Service" },
		{ .at = manifest_span(w->a, b->m->name_at), .note = "the other one" },
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_SERVICE_PORTS, .in = pod->m,
		.symbol = arena_printf(s, "%s %s", a->m->name, b->m->name),
		.message = arena_printf(s, "%s: its Services '%s' and '%s' %s",
					manifest_label(pod->m, s), manifest_shown(a->m->name, s),
					manifest_shown(b->m->name, s), why),
		.related = related, .nrelated = ARRAY_SIZE(related),
	});
}

static bool serves(const struct object *service, const struct object *pod)
{
	return object_space_fits(service->m->space, pod->m->space) &&
	       object_selected(object_spec(service, "selector"), object_labels(pod));
}

static void judge_workload(struct work *w, const struct object *pod)
{
	const struct object_list *l = &w->o->of[OBJECT_SERVICE];
	const struct yaml_node *why;
	const struct object *first = NULL;
	enum injection in = injection_of(w->o, pod, &why);
	enum severity most;

	/* Without a sidecar there is nothing that could confuse them. */
	if (in == INJECTION_OFF || in == INJECTION_NONE)
		return;

	for (uint32_t i = 0; i < l->count; i++) {
		if (!serves(&l->item[i], pod))
			continue;
		w->judged++;
		if (first && object_rivals(first, &l->item[i], &most) && most == SEV_OFF)
			judge_services(w, pod, first, &l->item[i]);
		first = first ? first : &l->item[i];
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct objects o;
	struct work w = { .a = a, .o = &o };

	objects_init(a->manifests, a->scratch, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_DESTINATION_RULE].count; i++)
		judge_rule(&w, &o.of[OBJECT_DESTINATION_RULE].item[i]);
	for (uint32_t i = 0; i < o.of[OBJECT_SERVICE_ENTRY].count; i++) {
		judge_addresses(&w, &o.of[OBJECT_SERVICE_ENTRY].item[i]);
		judge_dispute(&w, &o.of[OBJECT_SERVICE_ENTRY].item[i]);
	}
	for (uint32_t i = 0; i < o.of[OBJECT_WORKLOAD].count; i++)
		judge_workload(&w, &o.of[OBJECT_WORKLOAD].item[i]);
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_TLS_UNVERIFIED, RULE_SERVICE_ENTRY_SHAPE, RULE_SERVICE_PORTS,
};

const struct analyzer analyzer_meshwire = {
	.name = "meshwire",
	.summary = "TLS that verifies nobody, ports that disagree",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
