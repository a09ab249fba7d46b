/* SPDX-License-Identifier: MIT */
/*
 * mesh_hosts.c - hosts of VirtualServices: two for one host, hosts that their gateway does not
 * take in, destinations with several ports, routes by claims that nobody has checked.
 * Istio's analysis: IST0109, IST0112, IST0132, IST0140, IST0149.
 */
#include "analyzers/mesh/objects.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

struct work {
	const struct analysis *a;
	const struct objects *o;
	const struct object *at;        /* the VirtualService */
	uint64_t judged;
};

/* ---- two for one host ---- */

/* Without gateways it is for the mesh. */
static bool is_for_mesh(const struct object *o)
{
	const struct yaml_node *list = object_spec(o, "gateways");

	for (uint32_t i = 0; i < manifest_count(list); i++)
		if (!strcmp(manifest_text(list->item[i]), "mesh"))
			return true;
	return !manifest_count(list);
}

/* The whole name of a host, as Istio completes it. */
static const char *full(const struct work *w, const struct object *o, const char *host)
{
	if (strchr(host, '.') || strchr(host, '*'))
		return host;
	return arena_printf(w->a->scratch, "%s.%s.svc.cluster.local", host,
			    *o->m->space ? o->m->space : "default");
}

static const struct yaml_node *shared_host(const struct work *w, const struct object *a,
					   const struct object *b)
{
	const struct yaml_node *left = object_spec(a, "hosts"), *right = object_spec(b, "hosts");

	for (uint32_t i = 0; i < manifest_count(left); i++)
		for (uint32_t k = 0; k < manifest_count(right); k++)
			if (!strcmp(full(w, a, manifest_text(left->item[i])),
				    full(w, b, manifest_text(right->item[k]))))
				return left->item[i];
	return NULL;
}

static void judge_twice(struct work *w)
{
	const struct object_list *l = &w->o->of[OBJECT_VIRTUAL_SERVICE];
	const struct object *a = w->at;
	struct arena *s = w->a->scratch;
	enum severity most;

	if (!is_for_mesh(a) || l->count > limit_of(LIMIT_MANIFEST_RIVALS))
		return;
	for (uint32_t i = 0; i < l->count; i++) {
		const struct object *b = &l->item[i];
		const struct yaml_node *host;

		if (a == b || !is_for_mesh(b) || !object_rivals(a, b, &most) ||
		    !object_meet(a, b) || !(host = shared_host(w, a, b)))
			continue;
		const struct related related = {
			.at = manifest_span(w->a, b->m->name_at), .note = "the other one",
		};

		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_HOST_TWICE, .in = a->m, .at = host, .symbol = host->text,
			.most = most,
			.message = arena_printf(s, "%s and %s are both for the host '%s' in the "
						"mesh: the rules of one of them are not used",
						manifest_label(a->m, s), manifest_label(b->m, s),
						manifest_shown(host->text, s)),
			.related = &related, .nrelated = 1,
		});
		return;
	}
}

/* ---- gateways ---- */

/* "./a.com", "space/a.com", "*" + "/a.com": the host, where it is for this namespace. */
static const char *for_space(const struct object *gateway, const char *host, const char *space)
{
	const char *slash = strchr(host, '/');
	size_t n = slash ? (size_t)(slash - host) : 0;
	bool own = n == 1 && (*host == '*' || (*host == '.' &&
				object_space_fits(gateway->m->space, space)));

	if (!slash)
		return host;
	own |= !*space || (strlen(space) == n && !strncmp(space, host, n));
	return own ? slash + 1 : NULL;
}

static bool takes(const struct object *gateway, const char *pattern, const struct yaml_node *hosts,
		  const char *space)
{
	const char *own = for_space(gateway, pattern, space);

	for (uint32_t i = 0; own && i < manifest_count(hosts); i++) {
		const char *host = manifest_text(hosts->item[i]);

		if (object_host_fits(own, host) || object_host_fits(host, own))
			return true;
	}
	return false;
}

static bool gateway_takes(const struct object *gateway, bool k8s, const struct yaml_node *hosts,
			  const char *space)
{
	const struct yaml_node *list = object_spec(gateway, k8s ? "listeners" : "servers");

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const struct yaml_node *own = yaml_get(list->item[i], k8s ? "hostname" : "hosts");

		if (k8s && (!*manifest_text(own) || takes(gateway, own->text, hosts, space)))
			return true;
		for (uint32_t h = 0; !k8s && h < manifest_count(own); h++)
			if (takes(gateway, manifest_text(own->item[h]), hosts, space))
				return true;
	}
	return false;
}

static const struct object *gateway_of(const struct work *w, const char *name, bool *ret_k8s)
{
	const char *slash = strchr(name, '/'), *space = w->at->m->space;
	const struct object *o;

	if (slash)
		space = arena_strndup(w->a->scratch, name, (size_t)(slash - name));
	name = slash ? slash + 1 : name;
	o = objects_get(w->o, OBJECT_GATEWAY, space, name);
	*ret_k8s = !o;
	return o ? o : objects_get(w->o, OBJECT_K8S_GATEWAY, space, name);
}

static void judge_gateways(struct work *w)
{
	const struct yaml_node *list = object_spec(w->at, "gateways");
	const struct yaml_node *hosts = object_spec(w->at, "hosts");
	struct arena *s = w->a->scratch;

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const char *name = manifest_text(list->item[i]);
		bool k8s;
		const struct object *gateway = gateway_of(w, name, &k8s);

		if (strchr(name, '~'))
			manifest_tell(w->a, &(struct manifest_told){
				.rule = RULE_GATEWAY_HOST, .in = w->at->m, .at = list->item[i],
				.symbol = name,
				.message = arena_printf(s, "%s names '%s', which Istio makes for "
							"itself of a Gateway of the Gateway API",
							manifest_label(w->at->m, s),
							manifest_shown(name, s)),
			});
		if (!gateway || !manifest_count(hosts))
			continue;
		w->judged++;
		if (gateway_takes(gateway, k8s, hosts, w->at->m->space))
			continue;
		const struct related related = {
			.at = manifest_span(w->a, gateway->m->name_at), .note = "the gateway",
		};

		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_GATEWAY_HOST, .in = w->at->m, .at = list->item[i],
			.symbol = name,
			.message = arena_printf(s, "%s is for hosts that %s does not take in: no "
						"request from outside reaches it",
						manifest_label(w->at->m, s),
						manifest_label(gateway->m, s)),
			.related = &related, .nrelated = 1,
		});
	}
}

/* ---- destinations ---- */

/* A VirtualService for the mesh that sends the host to subsets; NULL = none. */
static const struct object *with_subsets(const struct work *w, const char *host)
{
	const struct object_list *l = &w->o->of[OBJECT_VIRTUAL_SERVICE];

	for (uint32_t i = 0; i < l->count && l->count <= limit_of(LIMIT_MANIFEST_RIVALS); i++) {
		const struct yaml_node *http = object_spec(&l->item[i], "http");
		const struct yaml_node *hosts = object_spec(&l->item[i], "hosts");
		bool own = false;

		for (uint32_t h = 0; h < manifest_count(hosts); h++)
			own |= !strcmp(full(w, &l->item[i], manifest_text(hosts->item[h])), host);
		if (!own || &l->item[i] == w->at || !is_for_mesh(&l->item[i]))
			continue;
		for (uint32_t r = 0; r < manifest_count(http); r++) {
			const struct yaml_node *to = yaml_get(http->item[r], "route");

			for (uint32_t k = 0; k < manifest_count(to); k++)
				if (*manifest_text(manifest_at(to->item[k], "destination", "subset",
							       NULL)))
					return &l->item[i];
		}
	}
	return NULL;
}

static void judge_subset(struct work *w, const struct yaml_node *host)
{
	struct arena *s = w->a->scratch;
	const struct object *other = with_subsets(w, full(w, w->at, host->text));

	if (!other)
		return;
	const struct related related = {
		.at = manifest_span(w->a, other->m->name_at), .note = "its rules for the mesh",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_GATEWAY_SUBSET, .in = w->at->m, .at = host, .symbol = host->text,
		.message = arena_printf(s, "%s sends what comes from outside to '%s' without a "
					"subset: %s does not count there",
					manifest_label(w->at->m, s), manifest_shown(host->text, s),
					manifest_label(other->m, s)),
		.related = &related, .nrelated = 1,
	});
}

static void judge_destination(struct work *w, const struct yaml_node *d, bool http)
{
	const struct yaml_node *host = d ? yaml_get(d, "host") : NULL;
	struct object_host h;

	if (!host || !*manifest_text(host))
		return;
	w->judged++;
	h = object_host(w->o, w->at->m->space, host->text);
	if (http && manifest_count(object_spec(w->at, "gateways")) && !is_for_mesh(w->at) &&
	    !*manifest_text(yaml_get(d, "subset")))
		judge_subset(w, host);
	if (h.skipped || !h.service || manifest_at(d, "port", "number", NULL) ||
	    manifest_count(object_spec(h.service, "ports")) < 2)
		return;
	const struct related related = {
		.at = manifest_span(w->a, h.service->m->name_at), .note = "the Service",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_PORT_NEEDED, .in = w->at->m, .at = host, .symbol = host->text,
		.most = is_for_mesh(w->at) ? SEV_INFO : SEV_OFF,
		.message = arena_printf(w->a->scratch,
			"%s sends requests to '%s', which has %u ports, and names none of them",
			manifest_label(w->at->m, w->a->scratch),
			manifest_shown(host->text, w->a->scratch),
			manifest_count(object_spec(h.service, "ports"))),
		.related = &related, .nrelated = 1,
	});
}

/* ---- claims ---- */

/* The RequestAuthentication of whom the gateways select, or of the whole namespace. */
static bool is_authenticated(const struct work *w, const struct object *gateway)
{
	const struct object_list *l = &w->o->of[OBJECT_REQUEST_AUTH];
	const struct yaml_node *selector = object_spec(gateway, "selector");

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *own = manifest_at(l->item[i].m->root, "spec", "selector",
							  "matchLabels", NULL);

		if (!own || !own->count || object_selected(own, selector) ||
		    object_selected(selector, own) || object_spec(&l->item[i], "targetRefs"))
			return true;
	}
	return false;
}

static const struct yaml_node *claim_in(const struct yaml_node *match)
{
	static const char *const keys[] = { "headers", "withoutHeaders" };

	for (unsigned k = 0; k < ARRAY_SIZE(keys); k++) {
		const struct yaml_node *map = yaml_get(match, keys[k]);

		for (uint32_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++)
			if (!strncmp(map->pair[i].key->text, "@request.auth.claims", 20))
				return map->pair[i].key;
	}
	return NULL;
}

static void judge_claims(struct work *w, const struct yaml_node *route)
{
	const struct yaml_node *list = yaml_get(route, "match");
	const struct yaml_node *gateways = object_spec(w->at, "gateways");
	struct arena *s = w->a->scratch;

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const struct yaml_node *claim = claim_in(list->item[i]);

		for (uint32_t g = 0; claim && g < manifest_count(gateways); g++) {
			bool k8s;
			const struct object *gateway = gateway_of(w,
				manifest_text(gateways->item[g]), &k8s);

			if (!gateway || k8s || is_authenticated(w, gateway))
				continue;
			manifest_tell(w->a, &(struct manifest_told){
				.rule = RULE_JWT_ROUTE, .in = w->at->m, .at = claim,
				.symbol = claim->text,
				.message = arena_printf(s, "%s chooses by '%s', and no "
					"RequestAuthentication is for the pods of %s",
					manifest_label(w->at->m, s), manifest_shown(claim->text, s),
					manifest_label(gateway->m, s)),
			});
			return;
		}
	}
}

static void judge(struct work *w)
{
	static const char *const kinds[] = { "http", "tls", "tcp" };

	judge_twice(w);
	judge_gateways(w);
	for (unsigned k = 0; k < ARRAY_SIZE(kinds); k++) {
		const struct yaml_node *routes = object_spec(w->at, kinds[k]);

		for (uint32_t r = 0; r < manifest_count(routes); r++) {
			const struct yaml_node *to = yaml_get(routes->item[r], "route");

			for (uint32_t i = 0; i < manifest_count(to); i++)
				judge_destination(w, yaml_get(to->item[i], "destination"), !k);
			judge_destination(w, yaml_get(routes->item[r], "mirror"), false);
			if (!k)
				judge_claims(w, routes->item[r]);
		}
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct objects o;
	struct work w = { .a = a, .o = &o };

	objects_init(a->manifests, a->scratch, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_VIRTUAL_SERVICE].count; i++) {
		w.at = &o.of[OBJECT_VIRTUAL_SERVICE].item[i];
		judge(&w);
	}
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_HOST_TWICE, RULE_GATEWAY_HOST, RULE_PORT_NEEDED, RULE_GATEWAY_SUBSET, RULE_JWT_ROUTE,
};

const struct analyzer analyzer_meshhosts = {
	.name = "meshhosts",
	.summary = "hosts of VirtualServices, and what comes in by gateways",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
