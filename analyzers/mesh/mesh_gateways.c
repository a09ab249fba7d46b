/* SPDX-License-Identifier: MIT */
/*
 * mesh_gateways.c - Gateways of Istio: two that want the same port and host or the same
 * certificate, ports that no Service of the gateway has, secrets without a certificate.
 * Istio's analysis: IST0138, IST0145, IST0161, IST0162.
 */
#include "analyzers/mesh/objects.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

struct work {
	const struct analysis *a;
	const struct objects *o;
	const struct object *at;
	uint64_t judged;
};

static bool same_text(const struct yaml_node *a, const struct yaml_node *b)
{
	return *manifest_text(a) && !strcmp(a->text, manifest_text(b));
}

/* ---- two for one ---- */

/* Does `more` ask for all that `less` asks for?  Nothing asked is everything. */
static bool covers(const struct yaml_node *less, const struct yaml_node *more)
{
	return !less || !less->count || object_selected(less, more);
}

/* May one workload be both?  Where one selector has more, some pod here has to have all of it. */
static bool share_pods(const struct work *w, const struct object *a, const struct object *b)
{
	const struct yaml_node *left = object_spec(a, "selector");
	const struct yaml_node *right = object_spec(b, "selector");

	if (covers(left, right) && covers(right, left))
		return true;
	if (covers(left, right))
		return object_count_selected(w->o, "", right) > 0;
	return covers(right, left) && object_count_selected(w->o, "", left) > 0;
}

/* A host that both servers take on one port of one address; NULL = none. */
static const struct yaml_node *shared_host(const struct yaml_node *a, const struct yaml_node *b)
{
	const struct yaml_node *left = yaml_get(a, "hosts"), *right = yaml_get(b, "hosts");

	if (!same_text(manifest_at(a, "port", "number", NULL),
		       manifest_at(b, "port", "number", NULL)) ||
	    strcmp(manifest_text(yaml_get(a, "bind")), manifest_text(yaml_get(b, "bind"))) != 0)
		return NULL;
	for (uint32_t i = 0; i < manifest_count(left); i++)
		for (uint32_t k = 0; k < manifest_count(right); k++)
			if (same_text(left->item[i], right->item[k]))
				return left->item[i];
	return NULL;
}

static const struct yaml_node *shared_certificate(const struct yaml_node *a,
						  const struct yaml_node *b)
{
	static const char *const keys[] = { "credentialName", "serverCertificate" };

	for (unsigned k = 0; k < ARRAY_SIZE(keys); k++) {
		const struct yaml_node *own = manifest_at(a, "tls", keys[k], NULL);

		if (same_text(own, manifest_at(b, "tls", keys[k], NULL)))
			return own;
	}
	return NULL;
}

static void tell_two(const struct work *w, const struct object *b, const struct yaml_node *at,
		     const char *what, enum severity most)
{
	struct arena *s = w->a->scratch;
	const struct related related = {
		.at = manifest_span(w->a, b->m->name_at), .note = "the other one",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_GATEWAY_TWICE, .in = w->at->m, .at = at, .most = most,
		.symbol = arena_printf(s, "%s %s", at->text, b->m->name),
		.message = arena_printf(s, "%s and %s %s", manifest_label(w->at->m, s),
					manifest_label(b->m, s), what),
		.related = &related, .nrelated = 1,
	});
}

/* One finding of each kind for the other one. */
static void judge_pair(struct work *w, const struct object *b, enum severity most)
{
	const struct yaml_node *left = object_spec(w->at, "servers");
	const struct yaml_node *right = object_spec(b, "servers");
	const struct yaml_node *host = NULL, *certificate = NULL;

	for (uint32_t i = 0; i < manifest_count(left); i++)
		for (uint32_t k = 0; k < manifest_count(right); k++) {
			if (!host)
				host = shared_host(left->item[i], right->item[k]);
			if (!certificate)
				certificate = shared_certificate(left->item[i], right->item[k]);
		}
	if (host)
		tell_two(w, b, host, "want the same host on the same port of one workload: which "
			 "of them takes it is not defined", most);
	if (certificate && covers(object_spec(w->at, "selector"), object_spec(b, "selector")))
		tell_two(w, b, certificate, "have one certificate: a browser keeps its HTTP/2 "
			 "connection for the hosts of both, and the other one answers 404",
			 SEV_INFO);
}

static void judge_two(struct work *w)
{
	const struct object_list *l = &w->o->of[OBJECT_GATEWAY];
	enum severity most;

	for (uint32_t i = 0; i < l->count && l->count <= limit_of(LIMIT_MANIFEST_RIVALS); i++)
		if (&l->item[i] != w->at && object_rivals(w->at, &l->item[i], &most) &&
		    share_pods(w, w->at, &l->item[i]))
			judge_pair(w, &l->item[i], most);
}

/* ---- ports ---- */

/* Does a Service of the pods have the port, as its own or as theirs?  *ret_services: how many. */
static bool has_port(const struct work *w, const struct object *pod, const char *port,
		     uint32_t *ret_services)
{
	const struct object_list *l = &w->o->of[OBJECT_SERVICE];
	bool found = false;

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *ports = object_spec(&l->item[i], "ports");

		if (!object_space_fits(l->item[i].m->space, pod->m->space) ||
		    !object_selected(object_spec(&l->item[i], "selector"), object_labels(pod)))
			continue;
		++*ret_services;
		for (uint32_t p = 0; p < manifest_count(ports); p++) {
			const char *own = manifest_text(yaml_get(ports->item[p], "port"));
			const char *to = manifest_text(yaml_get(ports->item[p], "targetPort"));

			/* A name of a port may stand for any. */
			found |= !strcmp(own, port) || !strcmp(to, port) ||
				 (*to && strspn(to, "0123456789") != strlen(to));
		}
	}
	return found;
}

static void judge_port(struct work *w, const struct yaml_node *number)
{
	const struct object_list *l = &w->o->of[OBJECT_WORKLOAD];
	const struct yaml_node *selector = object_spec(w->at, "selector");
	uint32_t services = 0;
	bool found = false;

	for (uint32_t i = 0; i < l->count && !found; i++)
		if (object_selected(selector, object_labels(&l->item[i])))
			found = has_port(w, &l->item[i], number->text, &services);
	w->judged++;
	if (found || !services)
		return;
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_GATEWAY_PORT, .in = w->at->m, .at = number, .symbol = number->text,
		.message = arena_printf(w->a->scratch, "%s opens port %s, which no Service of its "
					"pods has", manifest_label(w->at->m, w->a->scratch),
					manifest_shown(number->text, w->a->scratch)),
	});
}

/* ---- certificates ---- */

static bool has_key(const struct manifest *m, const char *key)
{
	const char *data = manifest_text(manifest_at(m->root, "data", key, NULL));
	const char *plain = manifest_text(manifest_at(m->root, "stringData", key, NULL));

	return *data || *plain;
}

/* "-----BEGIN" in base64. */
static bool looks_like_pem(const struct manifest *m, const char *key)
{
	const char *data = manifest_text(manifest_at(m->root, "data", key, NULL));
	const char *plain = manifest_text(manifest_at(m->root, "stringData", key, NULL));

	return *plain ? strstr(plain, "-----BEGIN") != NULL :
	       !*data || !strncmp(data, "LS0tLS1CRUdJTi", 14);
}

/* What is wrong with the secret; NULL = nothing that a file tells. */
static const char *secret_fault(const struct manifest *m)
{
	static const char *const pairs[][2] = { { "tls.crt", "tls.key" }, { "cert", "key" } };

	/* Of an empty one something else fills in what it holds. */
	if (!manifest_at(m->root, "data", NULL) && !manifest_at(m->root, "stringData", NULL))
		return NULL;
	for (unsigned i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (!has_key(m, pairs[i][0]) || !has_key(m, pairs[i][1]))
			continue;
		return looks_like_pem(m, pairs[i][0]) ? NULL :
		       "whose certificate is no PEM text";
	}
	return "which has neither 'tls.crt' and 'tls.key' nor 'cert' and 'key'";
}

static void judge_secret(struct work *w, const struct yaml_node *tls)
{
	const struct yaml_node *name = yaml_get(tls, "credentialName");
	const struct object *secret = *manifest_text(name) ?
		objects_get(w->o, OBJECT_SECRET, "", name->text) : NULL;
	const char *fault;

	if (!secret)
		return;
	w->judged++;
	fault = secret_fault(secret->m);
	if (!fault)
		return;
	const struct related related = {
		.at = manifest_span(w->a, secret->m->name_at), .note = "the secret",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_GATEWAY_CREDENTIAL, .in = w->at->m, .at = name, .symbol = name->text,
		.message = arena_printf(w->a->scratch, "%s takes its certificate from the Secret "
					"'%s', %s", manifest_label(w->at->m, w->a->scratch),
					manifest_shown(name->text, w->a->scratch), fault),
		.related = &related, .nrelated = 1,
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct objects o;
	struct work w = { .a = a, .o = &o };

	objects_init(a->manifests, a->scratch, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_GATEWAY].count; i++) {
		w.at = &o.of[OBJECT_GATEWAY].item[i];
		const struct yaml_node *servers = object_spec(w.at, "servers");

		w.judged++;
		judge_two(&w);
		for (uint32_t s = 0; s < manifest_count(servers); s++) {
			const struct yaml_node *tls = yaml_get(servers->item[s], "tls");
			const struct yaml_node *port = manifest_at(servers->item[s], "port",
								   "number", NULL);

			if (port)
				judge_port(&w, port);
			if (tls)
				judge_secret(&w, tls);
		}
	}
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_GATEWAY_TWICE, RULE_GATEWAY_PORT, RULE_GATEWAY_CREDENTIAL,
};

const struct analyzer analyzer_meshgateways = {
	.name = "meshgateways",
	.summary = "Gateways that want the same, ports and certificates",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
