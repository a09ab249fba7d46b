/* SPDX-License-Identifier: MIT */
/*
 * mesh_selectors.c - whom a policy of the mesh is for: selectors that take no workload, two
 * of one kind for the same one, policies that nothing heeds.  Istio's analysis: IST0101,
 * IST0110, IST0111, IST0127, IST0159, IST0160, IST0166, IST0167.
 */
#include "analyzers/mesh/objects.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define ROOT_SPACE "istio-system"       /* what is there counts for the whole mesh */
#define GATEWAY_LABEL "gateway.networking.k8s.io/gateway-name"

struct work {
	const struct analysis *a;
	const struct objects *o;
	uint64_t judged;
};

static const struct class {
	enum object_class class;
	const char *key, *labels;
	bool alone;                     /* of two for a workload one counts */
	bool gateway;                   /* of a Gateway of the Gateway API it wants a targetRef */
	bool sidecar;                   /* without a sidecar nobody heeds it */
} classes[] = {
	{ OBJECT_SIDECAR, "workloadSelector", "labels", true, false, true },
	{ OBJECT_TELEMETRY, "selector", "matchLabels", true, true, false },
	{ OBJECT_AUTHORIZATION, "selector", "matchLabels", false, true, false },
	{ OBJECT_REQUEST_AUTH, "selector", "matchLabels", false, true, false },
	{ OBJECT_PEER_AUTH, "selector", "matchLabels", false, false, false },
	{ OBJECT_WASM, "selector", "matchLabels", false, true, false },
	{ OBJECT_ENVOY_FILTER, "workloadSelector", "labels", false, false, false },
};

static const struct yaml_node *selector_of(const struct object *o, const struct class *c)
{
	const struct yaml_node *n = manifest_at(o->m->root, "spec", c->key, c->labels, NULL);

	return n && n->kind == YAML_MAP && n->count ? n : NULL;
}

static bool has_target(const struct manifest *m)
{
	return manifest_at(m->root, "spec", "targetRef", NULL) ||
	       manifest_at(m->root, "spec", "targetRefs", NULL);
}

/* "app=orders, version=v1" */
static const char *selector_words(const struct work *w, const struct yaml_node *selector)
{
	const char *text = "";

	for (uint32_t i = 0; i < selector->count; i++)
		text = arena_printf(w->a->scratch, "%s%s%s=%s", text, i ? ", " : "",
				    selector->pair[i].key->text,
				    manifest_text(selector->pair[i].value));
	return manifest_shown(text, w->a->scratch);
}

/* ---- nobody ---- */

/* A workload of another namespace that has the labels; NULL = none. */
static const struct object *elsewhere(const struct work *w, const struct yaml_node *selector)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];

	for (uint32_t i = 0; i < l->count; i++)
		if (object_selected(selector, object_labels(&l->item[i])))
			return &l->item[i];
	return NULL;
}

/* Gateways of Istio's installation are seldom among the manifests: `istio: ingressgateway`. */
static bool is_installed(const struct work *w, const struct yaml_node *selector)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];

	if (!yaml_get(selector, "istio"))
		return false;
	for (uint32_t i = 0; i < l->count; i++)
		if (object_labels(&l->item[i]) && yaml_get(object_labels(&l->item[i]), "istio"))
			return false;
	return true;
}

static void judge_nobody(struct work *w, const struct object *o, const struct yaml_node *selector)
{
	struct arena *s = w->a->scratch;
	const char *space = strcmp(o->m->space, ROOT_SPACE) != 0 ? o->m->space : "";
	const struct object *other;
	const char *advice = "";

	/* Where no workload is here at all they are somewhere else. */
	if (!w->o->of[OBJECT_WORKLOAD].count || is_installed(w, selector))
		return;
	w->judged++;
	if (object_count_selected(w->o, space, selector))
		return;
	other = elsewhere(w, selector);
	if (other)
		advice = arena_printf(s, ": it counts for its own namespace, and it is %s that "
				      "has them",
				      manifest_label(other->m, s));
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_SELECTOR_NO_WORKLOAD, .in = o->m, .at = selector, .symbol = "",
		.most = other || object_count_selected(w->o, space, NULL) ? SEV_OFF : SEV_INFO,
		.message = arena_printf(s, "%s is for workloads with %s, and no workload here has "
					"these labels%s", manifest_label(o->m, s),
					selector_words(w, selector), advice),
	});
}

/* For a whole namespace, of which there is nothing else. */
static void judge_empty(struct work *w, const struct object *o)
{
	if (!*o->m->space || !strcmp(o->m->space, ROOT_SPACE) || has_target(o->m) ||
	    !w->o->of[OBJECT_WORKLOAD].count)
		return;
	w->judged++;
	if (!object_count_selected(w->o, o->m->space, NULL))
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_SELECTOR_NO_WORKLOAD, .in = o->m, .symbol = "",
			.most = SEV_INFO,
			.message = arena_printf(w->a->scratch, "%s is for its whole namespace, "
						"which has no workload here",
						manifest_label(o->m, w->a->scratch)),
		});
}

/* ---- two ---- */

/* The first workload that both take; NULL = none. */
static const struct object *both(const struct work *w, const struct object *a,
				 const struct yaml_node *left, const struct object *b,
				 const struct yaml_node *right)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];

	for (uint32_t i = 0; i < l->count; i++)
		if (object_space_fits(l->item[i].m->space, a->m->space) &&
		    object_space_fits(l->item[i].m->space, b->m->space) &&
		    object_selected(left, object_labels(&l->item[i])) &&
		    object_selected(right, object_labels(&l->item[i])))
			return &l->item[i];
	return NULL;
}

static void tell_two(const struct work *w, const struct object *a, const struct object *b,
		     const struct object *for_whom, enum severity most)
{
	struct arena *s = w->a->scratch;
	const struct related related = {
		.at = manifest_span(w->a, b->m->name_at), .note = "the other one",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_WORKLOAD_TWICE, .in = a->m, .symbol = b->m->name, .most = most,
		.message = arena_printf(s, "%s and %s are both for %s: which of them counts is not "
					"defined", manifest_label(a->m, s), manifest_label(b->m, s),
					for_whom ? manifest_label(for_whom->m, s) :
						   "the whole namespace"),
		.related = &related, .nrelated = 1,
	});
}

/* One finding each, with the first other. */
static void judge_two(struct work *w, const struct class *c, const struct object *a)
{
	const struct object_list *l = &w->o->of[c->class];
	const struct yaml_node *left = selector_of(a, c);
	enum severity most;

	if (has_target(a->m) || l->count > limit_of(LIMIT_MANIFEST_RIVALS))
		return;
	for (uint32_t i = 0; i < l->count; i++) {
		const struct object *b = &l->item[i], *for_whom = NULL;
		const struct yaml_node *right = selector_of(b, c);

		if (a == b || has_target(b->m) || !left != !right ||
		    !object_space_fits(a->m->space, b->m->space) || !object_rivals(a, b, &most))
			continue;
		if (left && !(for_whom = both(w, a, left, b, right)))
			continue;
		tell_two(w, a, b, for_whom, most);
		return;
	}
}

/* ---- in vain ---- */

static void tell_vain(const struct work *w, const struct object *o, const struct yaml_node *at,
		      const char *why)
{
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_POLICY_INEFFECTIVE, .in = o->m, .at = at, .symbol = "",
		.message = arena_printf(w->a->scratch, "%s %s",
					manifest_label(o->m, w->a->scratch), why),
	});
}

/* Injection, where both are asked for, comes first. */
static bool is_ambient(const struct yaml_node *labels)
{
	return labels &&
	       !strcmp(manifest_text(yaml_get(labels, "istio.io/dataplane-mode")), "ambient") &&
	       strcmp(manifest_text(yaml_get(labels, "istio-injection")), "enabled") != 0 &&
	       !yaml_get(labels, "istio.io/rev");
}

static bool is_ambient_pod(const struct object *pod)
{
	const struct yaml_node *notes = object_annotations(pod);

	return is_ambient(object_labels(pod)) ||
	       (notes && yaml_get(notes, "ambient.istio.io/redirection"));
}

/* Its namespace, or a workload that it takes, has no sidecars. */
static bool in_ambient(const struct work *w, const struct object *o,
		       const struct yaml_node *selector)
{
	const struct object_list *l = &w->o->of[OBJECT_NAMESPACE];
	const struct object_list *pods = &w->o->of[OBJECT_WORKLOAD];

	for (uint32_t i = 0; *o->m->space && i < l->count; i++)
		if (!strcmp(l->item[i].m->name, o->m->space) &&
		    is_ambient(manifest_at(l->item[i].m->root, "metadata", "labels", NULL)))
			return true;
	for (uint32_t i = 0; selector && i < pods->count; i++)
		if (object_space_fits(pods->item[i].m->space, o->m->space) &&
		    object_selected(selector, object_labels(&pods->item[i])) &&
		    is_ambient_pod(&pods->item[i]))
			return true;
	return false;
}

/* Is it a port of every workload that declares any? */
static bool is_listened(const struct work *w, const struct object *o,
			const struct yaml_node *selector, const char *port)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];
	bool declared = false;

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *list = object_containers(&l->item[i]);

		if (!object_space_fits(l->item[i].m->space, o->m->space) ||
		    !object_selected(selector, object_labels(&l->item[i])))
			continue;
		for (uint32_t c = 0; c < manifest_count(list); c++) {
			const struct yaml_node *ports = yaml_get(list->item[c], "ports");

			for (uint32_t p = 0; p < manifest_count(ports); p++) {
				const struct yaml_node *n = yaml_get(ports->item[p],
								     "containerPort");

				declared = true;
				if (!strcmp(manifest_text(n), port))
					return true;
			}
		}
	}
	return !declared;
}

/* Modes of ports are those of the workload, not of a Service, and want a selector. */
static void judge_ports(struct work *w, const struct object *o, const struct yaml_node *selector)
{
	const struct yaml_node *ports = manifest_at(o->m->root, "spec", "portLevelMtls", NULL);

	if (!ports || ports->kind != YAML_MAP || !ports->count)
		return;
	w->judged++;
	if (!selector) {
		tell_vain(w, o, ports, "has modes for ports and no selector, which Istio refuses");
		return;
	}
	for (uint32_t i = 0; i < ports->count; i++) {
		const char *port = ports->pair[i].key->text;

		if (!is_listened(w, o, selector, port))
			tell_vain(w, o, ports->pair[i].key, arena_printf(w->a->scratch,
				"has a mode for port %s, on which no container of its workloads "
				"listens: the container's port counts, not that of the Service",
				manifest_shown(port, w->a->scratch)));
	}
}

/* The mesh may have a default provider; its own configuration seldom stands beside. */
static void judge_logging(struct work *w, const struct object *o)
{
	const struct yaml_node *list = manifest_at(o->m->root, "spec", "accessLogging", NULL);

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const char *off = manifest_text(yaml_get(list->item[i], "disabled"));

		if (!strcmp(off, "true") || manifest_count(yaml_get(list->item[i], "providers")))
			continue;
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_POLICY_INEFFECTIVE, .in = o->m, .at = list->item[i],
			.symbol = "accessLogging", .most = SEV_INFO,
			.message = arena_printf(w->a->scratch, "%s has access logging without a "
				"provider, which counts only where the mesh has one by default",
				manifest_label(o->m, w->a->scratch)),
		});
	}
}

static void judge(struct work *w, const struct class *c, const struct object *o)
{
	const struct yaml_node *selector = selector_of(o, c);
	const struct yaml_node *gateway = selector ? yaml_get(selector, GATEWAY_LABEL) : NULL;

	if (c->class == OBJECT_PEER_AUTH)
		judge_ports(w, o, selector);
	if (c->class == OBJECT_TELEMETRY)
		judge_logging(w, o);
	if (c->sidecar && in_ambient(w, o, selector)) {
		tell_vain(w, o, NULL, "counts for nothing: in ambient mode there is no sidecar");
		return;
	}
	if (c->gateway && gateway && !has_target(o->m)) {
		tell_vain(w, o, gateway, "selects the pods of a Gateway of the Gateway API, for "
			  "which only targetRefs count");
		return;
	}
	if (selector)
		judge_nobody(w, o, selector);
	else if (c->class == OBJECT_AUTHORIZATION)
		judge_empty(w, o);
	if (c->alone)
		judge_two(w, c, o);
}

/* ---- Gateways ---- */

/* Does a Gateway here have its workload here? */
static bool has_gateways(const struct work *w)
{
	const struct object_list *l = &w->o->of[OBJECT_GATEWAY];

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *selector = manifest_at(l->item[i].m->root, "spec",
							       "selector", NULL);

		if (selector && object_count_selected(w->o, "", selector))
			return true;
	}
	return false;
}

/* Its workload often belongs to Istio's installation: judged beside others like it. */
static void judge_gateway(struct work *w, const struct object *o, bool others)
{
	const struct yaml_node *selector = manifest_at(o->m->root, "spec", "selector", NULL);
	bool named;

	if (!selector || selector->kind != YAML_MAP || !selector->count)
		return;
	named = yaml_get(selector, "istio") && !is_installed(w, selector) &&
		w->o->of[OBJECT_WORKLOAD].count;
	if (!named && !others)
		return;
	w->judged++;
	if (!object_count_selected(w->o, "", selector))
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_SELECTOR_NO_WORKLOAD, .in = o->m, .at = selector, .symbol = "",
			.most = named ? SEV_OFF : SEV_INFO,
			.message = arena_printf(w->a->scratch, "%s is for workloads with %s, and "
						"no workload here has these labels",
						manifest_label(o->m, w->a->scratch),
						selector_words(w, selector)),
		});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct objects o;
	struct work w = { .a = a, .o = &o };

	objects_init(a->manifests, a->scratch, &o);
	for (unsigned c = 0; c < ARRAY_SIZE(classes); c++)
		for (uint32_t i = 0; i < o.of[classes[c].class].count; i++) {
			w.judged++;
			judge(&w, &classes[c], &o.of[classes[c].class].item[i]);
		}
	bool others = has_gateways(&w);

	for (uint32_t i = 0; i < o.of[OBJECT_GATEWAY].count; i++)
		judge_gateway(&w, &o.of[OBJECT_GATEWAY].item[i], others);
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_SELECTOR_NO_WORKLOAD, RULE_WORKLOAD_TWICE, RULE_POLICY_INEFFECTIVE,
};

const struct analyzer analyzer_meshselectors = {
	.name = "meshselectors",
	.summary = "policies for nobody, two for one, in vain",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
