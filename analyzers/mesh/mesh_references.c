/* SPDX-License-Identifier: MIT */
/*
 * mesh_references.c - what rules of the mesh name: hosts, subsets, ports, gateways.
 * Istio's analysis calls these IST0101, IST0173 and IST0174.
 */
#include "analyzers/mesh/objects.h"
#include "base/suggest.h"
#include "base/text.h"

#include <string.h>

struct work {
	const struct analysis *a;
	const struct objects *o;
	const struct manifest *m;
	uint64_t judged;
};

/* "deploy/x.yaml has a Service 'reviews'": not, but something near. */
static const char *near_name(const struct work *w, enum object_class class, const char *name)
{
	char *buf = arena_alloc(w->a->scratch, SUGGEST_BYTES, 1);
	const struct object_list *l = &w->o->of[class];
	struct suggest s;

	suggest_init(&s, name);
	for (uint32_t i = 0; i < l->count; i++)
		if (!i || strcmp(l->item[i].m->name, l->item[i - 1].m->name) != 0)
			suggest_offer(&s, l->item[i].m->name);
	return suggest_text(&s, "", buf);
}

static void missing(struct work *w, const struct yaml_node *at, const char *what,
		    const char *name, const char *near, enum severity most)
{
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_MANIFEST_REFERENCE, .in = w->m, .at = at,
		.symbol = arena_printf(w->a->scratch, "%s %s", what, name), .most = most,
		.message = arena_printf(w->a->scratch, "%s names the %s '%s', which is not there%s",
					manifest_label(w->m, w->a->scratch), what,
					manifest_shown(name, w->a->scratch),
					near),
	});
}

/* Short names with a dot are taken as they are, which few expect. */
static const char *host_advice(const struct work *w, const char *host)
{
	const char *dot = strchr(host, '.');
	const char *name = dot ? arena_strndup(w->a->scratch, host, (size_t)(dot - host)) : host;

	if (!dot)
		return near_name(w, OBJECT_SERVICE, name);
	size_t len = strcspn(dot + 1, ".");
	const char *space = arena_strndup(w->a->scratch, dot + 1, len), *rest = dot + 1 + len;

	if ((!*rest || !strncmp(rest, ".svc", 4)) &&
	    objects_get(w->o, OBJECT_SERVICE, space, name) &&
	    !object_host_space(host, w->a->scratch, &space))
		return arena_printf(w->a->scratch,
				    ": Istio completes names without a dot only, write "
				    "'%s.%s.svc.cluster.local'",
				    manifest_shown(name, w->a->scratch),
				    manifest_shown(space, w->a->scratch));
	return "";
}

/* A namespace whose services are all somewhere else: the host may well be there. */
static enum severity least(const struct work *w, const char *host)
{
	const struct object_list *l = &w->o->of[OBJECT_SERVICE];
	const char *space = w->m->space;
	bool full = object_host_space(host, w->a->scratch, &space);
	const char *name = arena_strndup(w->a->scratch, host, strcspn(host, "."));

	if (object_space_of_cluster(space))
		return SEV_INFO;
	if (!full && strchr(host, '.'))
		return SEV_OFF;
	for (uint32_t i = 0; i < l->count; i++) {
		const char *own = l->item[i].m->space;

		if (object_space_fits(own, space))
			return SEV_OFF;
		/* Right but for the namespace. */
		if (full && !strcmp(l->item[i].m->name, name))
			return SEV_OFF;
	}
	return SEV_WARNING;
}

/* ---- DestinationRules of a host ---- */

static bool same_host(const struct work *w, const char *space_a, const char *a,
		      const char *space_b, const char *b)
{
	if (!strcmp(a, b) && (strchr(a, '.') || object_space_fits(space_a, space_b)))
		return true;
	struct object_host ha = object_host(w->o, space_a, a), hb = object_host(w->o, space_b, b);

	return ha.service && ha.service == hb.service;
}

/* Does a DestinationRule of the host define the subset?  *ret_rules: how many there are. */
static bool has_subset(const struct work *w, const char *host, const char *subset,
		       uint32_t *ret_rules)
{
	const struct object_list *l = &w->o->of[OBJECT_DESTINATION_RULE];
	bool found = false;

	*ret_rules = 0;
	for (uint32_t i = 0; i < l->count && !found; i++) {
		const struct manifest *m = l->item[i].m;
		const char *own = manifest_text(manifest_at(m->root, "spec", "host", NULL));
		const struct yaml_node *list = manifest_at(m->root, "spec", "subsets", NULL);

		if (!same_host(w, w->m->space, host, m->space, own))
			continue;
		++*ret_rules;
		for (uint32_t s = 0; s < manifest_count(list); s++)
			found |= !strcmp(manifest_text(yaml_get(list->item[s], "name")), subset);
	}
	return found;
}

static bool has_port(const struct work *w, const struct object_host *h, uint32_t number)
{
	const struct yaml_node *list;
	uint32_t own;

	if (h->service)
		return object_has_port(w->o, h->service, number);
	list = manifest_at(h->entry->m->root, "spec", "ports", NULL);
	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const struct yaml_node *n = yaml_get(list->item[i], "number");

		if (n && yaml_uint(n, &own) && own == number)
			return true;
	}
	return !list || list->kind != YAML_LIST;
}

/* A VirtualService for other namespaces sends them to what they see. */
static bool seen_by_all(const struct work *w, const struct object_host *h)
{
	const struct yaml_node *list = manifest_at(w->m->root, "spec", "exportTo", NULL);

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const char *space = manifest_text(list->item[i]);

		if (strcmp(space, "*") != 0 && strcmp(space, ".") != 0 &&
		    !object_host_seen(h, space))
			return false;
	}
	return true;
}

static void hidden(const struct work *w, const struct yaml_node *host)
{
	struct arena *s = w->a->scratch;

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_MANIFEST_REFERENCE, .in = w->m, .at = host,
		.symbol = arena_printf(s, "export %s", host->text),
		.message = arena_printf(s, "%s names the host '%s', which is not exported to whom "
					"the rule is for", manifest_label(w->m, s),
					manifest_shown(host->text, w->a->scratch)),
	});
}

/* `destination` of a route or a mirror. */
static void judge_destination(struct work *w, const struct yaml_node *d)
{
	const struct yaml_node *host = d ? yaml_get(d, "host") : NULL;
	const struct yaml_node *subset = d ? yaml_get(d, "subset") : NULL;
	const struct yaml_node *port = d ? manifest_at(d, "port", "number", NULL) : NULL;
	const char *name = manifest_text(host);
	struct object_host h;
	uint32_t number, rules;

	if (!host || !*name)
		return;
	w->judged++;
	h = object_host(w->o, w->m->space, name);
	/* Every cluster has its own server. */
	if (h.skipped || !strncmp(name, "kubernetes.default.svc", 22))
		return;
	if (!h.service && !h.entry) {
		missing(w, host, "host", name, host_advice(w, name), least(w, name));
		return;
	}
	if (!object_host_seen(&h, w->m->space) || !seen_by_all(w, &h)) {
		hidden(w, host);
		return;
	}
	if (port && yaml_uint(port, &number) && !has_port(w, &h, number))
		missing(w, port, "port", arena_printf(w->a->scratch, "%s:%u", name, number), "",
			SEV_OFF);
	if (!subset || !*manifest_text(subset) || has_subset(w, name, subset->text, &rules))
		return;
	missing(w, subset, "subset", arena_printf(w->a->scratch, "%s of %s", subset->text, name),
		rules ? "" : ": no DestinationRule is for that host", SEV_OFF);
}

static void judge_gateways(struct work *w, const struct yaml_node *list)
{
	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const char *name = manifest_text(list->item[i]), *slash = strchr(name, '/');
		const char *space = slash ? arena_strndup(w->a->scratch, name,
							  (size_t)(slash - name)) : w->m->space;

		w->judged++;
		if (!*name || !strcmp(name, "mesh") || strchr(name, '~') ||
		    objects_get(w->o, OBJECT_GATEWAY, space, slash ? slash + 1 : name) ||
		    objects_get(w->o, OBJECT_K8S_GATEWAY, space, slash ? slash + 1 : name))
			continue;
		/* Gateways often belong to others: where there is none at all, nobody can tell. */
		missing(w, list->item[i], "gateway", name,
			near_name(w, OBJECT_GATEWAY, slash ? slash + 1 : name),
			w->o->of[OBJECT_GATEWAY].count ? SEV_OFF : SEV_WARNING);
	}
}

static void judge_routes(struct work *w, const struct yaml_node *routes)
{
	for (uint32_t i = 0; i < manifest_count(routes); i++) {
		const struct yaml_node *list = yaml_get(routes->item[i], "route");
		const struct yaml_node *mirrors = yaml_get(routes->item[i], "mirrors");

		for (uint32_t k = 0; k < manifest_count(list); k++)
			judge_destination(w, yaml_get(list->item[k], "destination"));
		judge_destination(w, yaml_get(routes->item[i], "mirror"));
		for (uint32_t k = 0; k < manifest_count(mirrors); k++)
			judge_destination(w, yaml_get(mirrors->item[k], "destination"));
	}
}

static void judge_virtual_service(struct work *w)
{
	static const char *const kinds[] = { "http", "tls", "tcp" };

	judge_gateways(w, manifest_at(w->m->root, "spec", "gateways", NULL));
	for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++)
		judge_routes(w, manifest_at(w->m->root, "spec", kinds[i], NULL));
}

/* ---- DestinationRule ---- */

/* Where a pod runs is a label of its endpoint, not of the pod; no place has an empty name. */
static bool is_topology(const struct yaml_node *labels)
{
	for (uint32_t i = 0; i < labels->count; i++)
		if (!strncmp(labels->pair[i].key->text, "topology.", 9) &&
		    *manifest_text(labels->pair[i].value))
			return true;
	return false;
}

static uint32_t count_pods(const struct work *w, const struct object *service,
			   const struct yaml_node *more)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];
	const struct yaml_node *selector = manifest_at(service->m->root, "spec", "selector", NULL);
	uint32_t n = 0;

	for (uint32_t i = 0; i < l->count; i++)
		n += object_space_fits(l->item[i].m->space, service->m->space) &&
		     object_selected(selector, object_labels(&l->item[i])) &&
		     (!more || object_selected(more, object_labels(&l->item[i])));
	return n;
}

static void judge_destination_rule(struct work *w)
{
	const struct yaml_node *host = manifest_at(w->m->root, "spec", "host", NULL);
	const struct yaml_node *list = manifest_at(w->m->root, "spec", "subsets", NULL);
	struct object_host h = object_host(w->o, w->m->space, manifest_text(host));

	if (!*manifest_text(host) || h.skipped)
		return;
	w->judged++;
	if (!h.service && !h.entry)
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_DESTINATION_HOST, .in = w->m, .at = host, .symbol = host->text,
			.most = least(w, host->text),
			.message = arena_printf(w->a->scratch,
				"%s is for the host '%s', which is not there%s",
				manifest_label(w->m, w->a->scratch),
				manifest_shown(host->text, w->a->scratch),
				host_advice(w, host->text)),
		});
	/* Where no pod of the service is here at all, its workload is somewhere else. */
	if (!h.service || !count_pods(w, h.service, NULL))
		return;
	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const struct yaml_node *labels = yaml_get(list->item[i], "labels");
		const struct yaml_node *name = yaml_get(list->item[i], "name");

		if (!labels || labels->kind != YAML_MAP || !labels->count || is_topology(labels) ||
		    count_pods(w, h.service, labels))
			continue;
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_SUBSET_NO_POD, .in = w->m, .at = labels,
			.symbol = manifest_text(name),
			.message = arena_printf(w->a->scratch,
				"%s: the labels of the subset '%s' are those of no pod of '%s'",
				manifest_label(w->m, w->a->scratch),
				manifest_shown(manifest_text(name), w->a->scratch),
				manifest_shown(h.service->m->name, w->a->scratch)),
		});
	}
}

/* ---- Gateway API, Ingress ---- */

static void judge_backend(struct work *w, const struct yaml_node *at, const char *space,
			  const char *name)
{
	w->judged++;
	if (*name && !objects_get(w->o, OBJECT_SERVICE, space, name))
		missing(w, at, "service", name, near_name(w, OBJECT_SERVICE, name), SEV_OFF);
}

static void judge_route(struct work *w)
{
	const struct yaml_node *parents = manifest_at(w->m->root, "spec", "parentRefs", NULL);
	const struct yaml_node *rules = manifest_at(w->m->root, "spec", "rules", NULL);

	for (uint32_t i = 0; i < manifest_count(rules); i++) {
		const struct yaml_node *list = yaml_get(rules->item[i], "backendRefs");

		for (uint32_t k = 0; k < manifest_count(list); k++) {
			const struct yaml_node *b = list->item[k];
			const char *kind = manifest_text(yaml_get(b, "kind"));
			const char *space = manifest_text(yaml_get(b, "namespace"));

			if (!*kind || !strcmp(kind, "Service"))
				judge_backend(w, yaml_get(b, "name"), *space ? space : w->m->space,
					      manifest_text(yaml_get(b, "name")));
		}
	}
	for (uint32_t i = 0; i < manifest_count(parents); i++) {
		const struct yaml_node *p = parents->item[i];
		const char *kind = manifest_text(yaml_get(p, "kind"));
		const char *space = manifest_text(yaml_get(p, "namespace"));
		const char *name = manifest_text(yaml_get(p, "name"));
		bool service = !strcmp(kind, "Service");
		enum object_class class = service ? OBJECT_SERVICE : OBJECT_K8S_GATEWAY;

		if ((*kind && strcmp(kind, "Gateway") != 0 && !service) || !*name)
			continue;
		w->judged++;
		if (!objects_get(w->o, class, *space ? space : w->m->space, name))
			missing(w, yaml_get(p, "name"), service ? "service" : "gateway", name,
				near_name(w, class, name),
				w->o->of[class].count ? SEV_OFF : SEV_WARNING);
	}
}

static void judge_ingress(struct work *w)
{
	const struct yaml_node *rules = manifest_at(w->m->root, "spec", "rules", NULL);

	for (uint32_t i = 0; i < manifest_count(rules); i++) {
		const struct yaml_node *paths = manifest_at(rules->item[i], "http", "paths", NULL);

		for (uint32_t k = 0; k < manifest_count(paths); k++) {
			const struct yaml_node *to = manifest_at(paths->item[k], "backend",
								 "service", NULL);
			const struct yaml_node *name = to ? yaml_get(to, "name") : NULL;
			const char *port = manifest_text(to ? manifest_at(to, "port", "name",
									  NULL) : NULL);

			/* An action of AWS' load balancer, which an annotation describes. */
			if (strcmp(port, "use-annotation") != 0)
				judge_backend(w, name, w->m->space, manifest_text(name));
		}
	}
}

static bool space_fits(const char *pattern, const char *name)
{
	size_t n = strlen(pattern), have = strlen(name);

	if (*pattern == '*')
		return have + 1 >= n && !strcmp(name + have - (n - 1), pattern + 1);
	if (n && pattern[n - 1] == '*')
		return !strncmp(pattern, name, n - 1);
	return !strcmp(pattern, name);
}

static void judge_space(struct work *w, const struct yaml_node *n)
{
	const struct object_list *l = &w->o->of[OBJECT_NAMESPACE];
	const char *text = manifest_text(n);

	/* Where no Namespace is here they are made elsewhere. */
	if (!*text || !l->count)
		return;
	w->judged++;
	for (uint32_t i = 0; i < l->count; i++)
		if (space_fits(text, l->item[i].m->name))
			return;
	missing(w, n, "namespace", text, near_name(w, OBJECT_NAMESPACE, text), SEV_WARNING);
}

/* Whom an AuthorizationPolicy lets in, or not. */
static void judge_authorization(struct work *w)
{
	static const char *const keys[] = { "namespaces", "notNamespaces" };
	const struct yaml_node *rules = manifest_at(w->m->root, "spec", "rules", NULL);

	for (uint32_t r = 0; r < manifest_count(rules); r++) {
		const struct yaml_node *from = yaml_get(rules->item[r], "from");

		for (uint32_t f = 0; f < manifest_count(from); f++)
			for (unsigned k = 0; k < ARRAY_SIZE(keys); k++) {
				const struct yaml_node *list = manifest_at(from->item[f], "source",
									   keys[k], NULL);

				for (uint32_t i = 0; i < manifest_count(list); i++)
					judge_space(w, list->item[i]);
			}
	}
}

/* ---- Gateway ---- */

/* Where a gateway's pods run, and its secrets have to be; NULL = nothing here says. */
static const char *gateway_space(const struct work *w)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];
	const struct yaml_node *selector = manifest_at(w->m->root, "spec", "selector", NULL);

	for (uint32_t i = 0; i < l->count; i++)
		if (object_selected(selector, object_labels(&l->item[i])))
			return l->item[i].m->space;
	return NULL;
}

/* Secrets seldom stand in a repository: judged where some do. */
static void judge_gateway(struct work *w)
{
	const struct yaml_node *servers = manifest_at(w->m->root, "spec", "servers", NULL);
	const struct object_list *l = &w->o->of[OBJECT_SECRET];
	const char *space = gateway_space(w);

	for (uint32_t i = 0; i < manifest_count(servers); i++) {
		const struct yaml_node *n = manifest_at(servers->item[i], "tls", "credentialName",
							NULL);
		const char *name = manifest_text(n);

		if (!*name || !l->count)
			continue;
		w->judged++;
		if (!objects_get(w->o, OBJECT_SECRET, space ? space : "", name))
			missing(w, n, "secret", space && *space ?
				arena_printf(w->a->scratch, "%s/%s", space, name) : name,
				near_name(w, OBJECT_SECRET, name), SEV_WARNING);
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	static const struct { enum object_class class; void (*judge)(struct work *w); } rows[] = {
		{ OBJECT_VIRTUAL_SERVICE, judge_virtual_service },
		{ OBJECT_DESTINATION_RULE, judge_destination_rule },
		{ OBJECT_ROUTE, judge_route }, { OBJECT_INGRESS, judge_ingress },
		{ OBJECT_AUTHORIZATION, judge_authorization }, { OBJECT_GATEWAY, judge_gateway },
	};
	struct objects o;
	struct work w = { .a = a, .o = &o };

	objects_init(a->manifests, a->scratch, &o);
	for (unsigned r = 0; r < ARRAY_SIZE(rows); r++)
		for (uint32_t i = 0; i < o.of[rows[r].class].count; i++) {
			w.m = o.of[rows[r].class].item[i].m;
			rows[r].judge(&w);
		}
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_MANIFEST_REFERENCE, RULE_SUBSET_NO_POD, RULE_DESTINATION_HOST,
};

const struct analyzer analyzer_meshreferences = {
	.name = "meshreferences",
	.summary = "what rules of the mesh name, and is not there",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
