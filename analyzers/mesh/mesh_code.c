/* SPDX-License-Identifier: MIT */
/*
 * mesh_code.c - manifests against the services in the code: probes that no route serves,
 * callers outside of a strict mesh, retries in both, hosts that the mesh shuts off.
 */
#include "analyzers/mesh/inject.h"
#include "analyzers/mesh/match.h"
#include "base/text.h"

#include <string.h>

struct work {
	const struct analysis *a;
	const struct objects *o;
	const struct services *s;
	struct mesh_match match;
	uint64_t judged;
};

static const char *shown(const struct work *w, const char *text)
{
	return text_cut(w->a->scratch, text_escape(w->a->scratch, text), 80);
}

static struct related in_code(const struct work *w, const struct service_place *at,
			      const char *note)
{
	return (struct related){
		.at = { .path = sym_from(w->a->source->syms, at->path), .line = at->line,
			.col = at->col },
		.note = note,
	};
}

/* ---- probes ---- */

static bool has_container_port(const struct yaml_node *container, const char *name)
{
	const struct yaml_node *list = yaml_get(container, "ports");

	for (uint32_t i = 0; list && list->kind == YAML_LIST && i < list->count; i++)
		if (!strcmp(manifest_text(yaml_get(list->item[i], "name")), name))
			return true;
	return false;
}

static void tell_probe(const struct work *w, const struct object *o, const struct yaml_node *at,
		       const char *key, const char *fact, enum severity most)
{
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_PROBE_ROUTE, .in = o->m, .at = at, .most = most,
		.symbol = arena_printf(w->a->scratch, "%s %s", key, at->text),
		.message = arena_printf(w->a->scratch, "%s: the %s asks for '%s', %s",
					manifest_label(o->m, w->a->scratch), key,
					shown(w, at->text), fact),
	});
}

static void judge_path(const struct work *w, const struct object *o, const struct service *s,
		       const struct yaml_node *path, const char *key)
{
	const char *plain = arena_strndup(w->a->scratch, path->text, strcspn(path->text, "?#"));
	const struct service_route *route = NULL;
	uint32_t http = 0;

	for (uint32_t i = 0; i < s->nroutes; i++)
		http += s->route[i].protocol != PROTO_GRPC;
	switch (service_serves(s, "GET", plain, &route)) {
	case SERVES:
		return;
	case SERVES_MAYBE:
		tell_probe(w, o, path, key, arena_printf(w->a->scratch,
			"which may be a route of '%s' whose path the code puts together", s->name),
			SEV_INFO);
		return;
	case SERVES_NOT:
		tell_probe(w, o, path, key, arena_printf(w->a->scratch, http ?
			"which no route of '%s' serves" :
			"and no HTTP route of '%s' is known", s->name), http ? SEV_OFF : SEV_INFO);
		return;
	}
}

static bool has_port(const struct yaml_node *container, const char *number)
{
	const struct yaml_node *list = yaml_get(container, "ports");

	for (uint32_t i = 0; i < manifest_count(list); i++)
		if (!strcmp(manifest_text(yaml_get(list->item[i], "containerPort")), number))
			return true;
	return !manifest_count(list);
}

/* The code says more than containerPorts, which are there for people. */
static void judge_number(const struct work *w, const struct object *o, const struct service *s,
			 const struct yaml_node *container, const struct yaml_node *port,
			 const char *key)
{
	uint32_t number, own;

	if (!yaml_uint(port, &number))
		return;
	switch (s ? mesh_match_listens(s, container, number, &own) : SERVES_MAYBE) {
	case SERVES:
		return;
	case SERVES_MAYBE:
		if (!has_port(container, port->text))
			tell_probe(w, o, port, key, "a port that is none of the containerPorts",
				   SEV_INFO);
		return;
	case SERVES_NOT:
		break;
	}
	const struct service_port *first = &s->port[0];
	const struct related related = in_code(w, &first->at, "what it listens on");

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_PROBE_ROUTE, .in = o->m, .at = port,
		.symbol = arena_printf(w->a->scratch, "%s %s", key, port->text),
		.message = arena_printf(w->a->scratch, "%s: the %s asks port %u, and '%s' listens "
					"on %u%s", manifest_label(o->m, w->a->scratch), key, number,
					s->name, own, s->nports > 1 ? " and others" : ""),
		.related = &related, .nrelated = 1,
	});
}

static void judge_probe(struct work *w, const struct object *o, const struct service *s,
			const struct yaml_node *container, const char *key)
{
	const struct yaml_node *probe = yaml_get(container, key);
	const struct yaml_node *get = probe ? yaml_get(probe, "httpGet") : NULL;
	const struct yaml_node *path = get ? yaml_get(get, "path") : NULL;
	const struct yaml_node *port = manifest_at(probe, get ? "httpGet" : "tcpSocket", "port",
						   NULL);
	const struct yaml_node *grpc = manifest_at(probe, "grpc", "port", NULL);
	uint32_t number;

	port = port ? port : grpc;
	if (!get && !port)
		return;
	w->judged++;
	if (port && *manifest_text(port) && !yaml_uint(port, &number) &&
	    !has_container_port(container, port->text))
		tell_probe(w, o, port, key, "a port that the container does not name", SEV_OFF);
	else if (port)
		judge_number(w, o, s, container, port, key);
	if (s && path && *manifest_text(path))
		judge_path(w, o, s, path, key);
}

static void judge_probes(struct work *w)
{
	static const char *const keys[] = { "livenessProbe", "readinessProbe", "startupProbe" };
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *list = object_containers(&l->item[i]);
		const struct service *s = mesh_match_service(&w->match, w->s, &l->item[i]);
		const struct yaml_node *first = object_first_containers(&l->item[i]);

		for (uint32_t c = 0; first && c < first->count; c++)
			for (unsigned k = 0; k < ARRAY_SIZE(keys); k++)
				judge_probe(w, &l->item[i], NULL, first->item[c], keys[k]);
		for (uint32_t c = 0; list && c < list->count; c++) {
			/* Beside the program only its own container serves its routes. */
			const char *name = manifest_text(yaml_get(list->item[c], "name"));
			bool own = s && (list->count == 1 || !strcmp(name, s->name));

			for (unsigned k = 0; k < ARRAY_SIZE(keys); k++)
				judge_probe(w, &l->item[i], own ? s : NULL, list->item[c],
					    keys[k]);
		}
	}
}

/* ---- mTLS ---- */

static void judge_call(struct work *w, uint32_t from, const struct service_call *c)
{
	const struct yaml_node *mode, *why;
	const struct object *caller = w->match.of[from], *callee = w->match.of[c->to], *auth;

	if (!caller || !callee || caller == callee)
		return;
	w->judged++;
	auth = mtls_of(w->o, callee, &mode);
	enum injection in = injection_of(w->o, caller, &why);

	if (!auth || strcmp(mode->text, "STRICT") != 0 ||
	    (in != INJECTION_OFF && in != INJECTION_NONE))
		return;
	const struct related related[] = {
		in_code(w, &c->at, "the call"),
		{ .at = manifest_span(w->a, why ? why : caller->m->name_at),
		  .note = "the caller, which gets no sidecar" },
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_STRICT_OUTSIDE, .in = auth->m, .at = mode,
		.symbol = arena_printf(w->a->scratch, "%s %s", w->s->service[from].name,
				       w->s->service[c->to].name),
		.message = arena_printf(w->a->scratch,
			"%s lets '%s' take mTLS only, and '%s' calls it from outside the mesh",
			manifest_label(auth->m, w->a->scratch), w->s->service[c->to].name,
			w->s->service[from].name),
		.related = related, .nrelated = ARRAY_SIZE(related),
	});
}

/* ---- retries ---- */

/* `retries` of a route to the service; NULL = none. */
static const struct yaml_node *retries_of(const struct work *w, const struct service *s,
					  const struct manifest **ret_in)
{
	const struct object_list *l = &w->o->of[OBJECT_VIRTUAL_SERVICE];

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *http = manifest_at(l->item[i].m->root, "spec", "http",
							   NULL);

		for (uint32_t r = 0; http && http->kind == YAML_LIST && r < http->count; r++) {
			const struct yaml_node *own = manifest_at(http->item[r], "retries",
								  "attempts", NULL);
			const struct yaml_node *to = yaml_get(http->item[r], "route");

			for (uint32_t k = 0; own && strcmp(own->text, "0") != 0 && to &&
			     to->kind == YAML_LIST && k < to->count; k++) {
				const char *host = manifest_text(manifest_at(to->item[k],
					"destination", "host", NULL));
				size_t n = strlen(s->name);

				if (strncmp(host, s->name, n) != 0 || (host[n] && host[n] != '.'))
					continue;
				*ret_in = l->item[i].m;
				return own;
			}
		}
	}
	return NULL;
}

static void judge_retry(struct work *w, const struct service *s, const struct service_guard *g,
			uint32_t to, bool sure)
{
	const struct manifest *in;
	const struct yaml_node *retries = retries_of(w, &w->s->service[to], &in);

	w->judged++;
	if (!retries)
		return;
	const struct related related = in_code(w, &g->at, "the retry in the code");

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_RETRY_TWICE, .in = in, .at = retries,
		.symbol = arena_printf(w->a->scratch, "%s %s", s->name, w->s->service[to].name),
		.most = sure ? SEV_OFF : SEV_INFO,
		.message = arena_printf(w->a->scratch,
			"%s retries calls of '%s' %s times, and '%s' retries %s with %s",
			manifest_label(in, w->a->scratch), w->s->service[to].name,
			shown(w, retries->text), s->name,
			sure ? "each of them" : "some of its calls", g->library),
		.related = &related, .nrelated = 1,
	});
}

/* Where nothing tells whose calls it guards, those of the one that is called; else perhaps. */
static void judge_guard(struct work *w, const struct service *s, const struct service_guard *g)
{
	uint32_t targets = 0, last = SERVICE_NONE;

	if (strcmp(g->kind, "retry") != 0)
		return;
	if (g->to != SERVICE_NONE) {
		judge_retry(w, s, g, g->to, true);
		return;
	}
	/* Calls are by target. */
	for (unsigned tell = 0; tell < 2; tell++, last = SERVICE_NONE)
		for (uint32_t c = 0; c < s->ncalls; c++) {
			if (s->call[c].to == SERVICE_NONE || s->call[c].to == last)
				continue;
			last = s->call[c].to;
			if (tell)
				judge_retry(w, s, g, last, targets == 1);
			else
				targets++;
		}
}

/* ---- hosts outside ---- */

/* The node that says REGISTRY_ONLY for what runs in the namespace; NULL = nothing does. */
static const struct yaml_node *shut_off(const struct work *w, const char *space)
{
	const struct object_list *l = &w->o->of[OBJECT_SIDECAR];

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *mode = manifest_at(l->item[i].m->root, "spec",
			"outboundTrafficPolicy", "mode", NULL);

		if (object_space_fits(l->item[i].m->space, space) &&
		    !strcmp(manifest_text(mode), "REGISTRY_ONLY"))
			return mode;
	}
	for (uint32_t i = 0; i < w->a->manifests->count; i++) {
		const struct manifest *m = &w->a->manifests->item[i];
		const struct yaml_node *mode = manifest_at(m->root, "spec", "meshConfig",
			"outboundTrafficPolicy", "mode", NULL);
		const struct yaml_node *mesh = manifest_at(m->root, "data", "mesh", NULL);

		if (!strcmp(m->kind, "IstioOperator") &&
		    !strcmp(manifest_text(mode), "REGISTRY_ONLY"))
			return mode;
		if (!strcmp(m->kind, "ConfigMap") && strstr(manifest_text(mesh), "REGISTRY_ONLY"))
			return mesh;
	}
	return NULL;
}

static bool is_outside(const struct service_call *c)
{
	const char *host = c->host.text;

	return c->to == SERVICE_NONE && *host && !c->host.head && !c->host.tail &&
	       strchr(host, '.') && !strstr(host, ".svc") && !strstr(host, ".local") &&
	       host[strspn(host, "0123456789.")];
}

static void judge_outside(struct work *w, uint32_t from, const struct service_call *c)
{
	const struct object *caller = w->match.of[from];

	if (!caller || !is_outside(c))
		return;
	w->judged++;
	struct object_host h = object_host(w->o, caller->m->space, c->host.text);
	const struct yaml_node *why = shut_off(w, caller->m->space);

	if (h.entry || h.service)
		return;
	const struct related related[] = {
		in_code(w, &c->at, "the call"),
		{ .at = manifest_span(w->a, why ? why : caller->m->name_at),
		  .note = "what shuts it off" },
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_SERVICE_ENTRY, .in = caller->m, .symbol = c->host.text,
		.most = why ? SEV_OFF : SEV_INFO,
		.message = arena_printf(w->a->scratch, why ?
			"'%s' calls '%s', for which there is no ServiceEntry: only registered "
			"hosts are reached" : "'%s' calls '%s', for which there is no ServiceEntry",
			w->s->service[from].name, shown(w, c->host.text)),
		.related = related, .nrelated = why ? 2 : 1,
	});
}

/* ---- the one without the other ---- */

static void judge_unmatched(struct work *w)
{
	const uint32_t matched = w->match.matched;

	w->judged += matched;
	/* Where none is matched the manifests are of something else. */
	for (uint32_t i = 0; matched && i < w->s->count; i++) {
		const struct service *s = &w->s->service[i];

		if (w->match.of[i])
			continue;
		finding_add(w->a->findings, &(struct finding){
			.rule = &rule_rows[RULE_SERVICE_UNMATCHED],
			.severity = rule_level(&rule_rows[RULE_SERVICE_UNMATCHED]),
			.at = { .path = sym_from(w->a->source->syms, s->at.path),
				.line = s->at.line, .col = s->at.col },
			.from = s->package, .to = "", .symbol = s->name,
			.message = arena_printf(w->a->scratch,
				"no manifest runs the service '%s': no workload, label `app` or "
				"image of that name", s->name),
		});
	}
}

/* And the reverse, of what is kept beside the images of this code. */
static void judge_strangers(struct work *w)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];
	struct arena *s = w->a->scratch;

	for (uint32_t i = 0; i < l->count && w->match.matched; i++) {
		const struct yaml_node *image = mesh_match_stranger(&w->match, w->s, &l->item[i]);

		w->judged++;
		if (!image)
			continue;
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_WORKLOAD_UNMATCHED, .in = l->item[i].m, .at = image,
			.symbol = "",
			.message = arena_printf(s, "%s: no service in the Go code is the image "
						"'%s', which is kept beside those of others that "
						"are",
						manifest_label(l->item[i].m, s),
						shown(w, image->text)),
		});
	}
}

static bool has_mesh(const struct manifests *m)
{
	for (uint32_t i = 0; i < m->count; i++)
		if (strstr(m->item[i].api, "istio.io/"))
			return true;
	return false;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	struct services own = { .count = 0 };
	struct objects o;
	struct work w = { .a = a, .o = &o, .s = a->services ? a->services : &own };

	/* Nothing of the code is read where there is nothing to hold against it. */
	if (!a->manifests->count)
		return 0;
	if (!a->services && services_find(a, a->scratch, &own, err))
		return -1;
	objects_init(a->manifests, a->scratch, &o);
	mesh_match(&o, w.s, a->scratch, &w.match);
	judge_probes(&w);
	for (uint32_t i = 0; i < w.s->count; i++) {
		const struct service *s = &w.s->service[i];

		for (uint32_t c = 0; c < s->ncalls; c++) {
			if (s->call[c].to != SERVICE_NONE)
				judge_call(&w, i, &s->call[c]);
			else if (has_mesh(a->manifests))
				judge_outside(&w, i, &s->call[c]);
		}
		for (uint32_t g = 0; g < s->nguards; g++)
			judge_guard(&w, s, &s->guard[g]);
	}
	judge_unmatched(&w);
	judge_strangers(&w);
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_STRICT_OUTSIDE, RULE_RETRY_TWICE, RULE_PROBE_ROUTE, RULE_SERVICE_ENTRY,
	RULE_SERVICE_UNMATCHED, RULE_WORKLOAD_UNMATCHED,
};

const struct analyzer analyzer_meshcode = {
	.name = "meshcode",
	.summary = "manifests against the services in the code",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
