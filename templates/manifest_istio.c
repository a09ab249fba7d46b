/* SPDX-License-Identifier: MIT */
/*
 * manifest_istio.c - who gets which version of a service, who may call it, and whether
 * plain text is taken: what Istio's files are filled from.
 */
#include "base/text.h"
#include "templates/manifest_work.h"

#include <stdlib.h>
#include <string.h>

#define PATHS_MAX 40u                   /* more say less than none */
#define HEADER "x-release"
#define GROUP "x-user-group"
#define ZONE "topology.kubernetes.io/zone"

/* ---- routes ---- */

static struct json *destinations(const struct maker *m, const char *name, uint32_t weight)
{
	const struct release *r = m->w->release;
	struct json *list = json_array(), *o;

	if (!r || !r->alone) {
		o = json_object();
		manifest_yaml(m, o, "version", VERSION_OLD);
		manifest_yaml(m, o, "backend", arena_printf(m->arena, "%s-%s", name, VERSION_OLD));
		json_set_int(o, "weight", 100 - (int64_t)weight);
		json_push(list, o);
	}
	if (r) {
		o = json_object();
		manifest_yaml(m, o, "version", r->fresh);
		manifest_yaml(m, o, "backend", arena_printf(m->arena, "%s-%s", name, r->fresh));
		json_set_int(o, "weight", r->alone ? 100 : weight);
		json_push(list, o);
	}
	return list;
}

static struct json *route(const struct maker *m, const char *name, const char *label,
			  const char *why, uint32_t weight)
{
	struct json *o = json_object();

	json_set_text(o, "label", label);
	json_set_text(o, "why", why);
	json_set(o, "to", destinations(m, name, weight));
	return o;
}

static struct json *match(const struct maker *m, const char *kind, const char *key,
			  const char *value)
{
	struct json *o = json_object();

	json_set_text(o, "kind", kind);
	json_set_text(o, "key", key);
	manifest_yaml(m, o, "value", value);
	json_set_bool(o, "is_header", !strcmp(kind, "headers"));
	return o;
}

static void testers(const struct maker *m, const char *name, struct json *routes)
{
	const struct release *r = m->w->release;
	struct json *o = route(m, name, "testers", "Whoever asks for the new version, or is in the "
			       "group "
			       "of testers, gets it.", 100), *list = json_array();
	struct json *header = match(m, "headers", HEADER, r->fresh);
	struct json *group = match(m, "headers", GROUP, "testers");

	json_set_bool(header, "exact", true);
	json_set_bool(group, "exact", true);
	json_push(list, header);
	json_push(list, group);
	json_set(o, "match", list);
	json_set_bool(o, "matched", true);
	json_push(routes, o);
}

static void put_routes(const struct maker *m, const char *name, struct json *o)
{
	const struct release *r = m->w->release;
	struct json *routes = json_array();
	uint32_t weight = r ? r->weight : 0;

	if (r && r->testers && !r->alone)
		testers(m, name, routes);
	if (r && r->zone && !r->alone) {
		struct json *z = route(m, name, "zone", "Callers whose pods carry the "
				       "label of this zone: set it where your cluster does "
				       "not copy it from the nodes.", weight);
		struct json *list = json_array();

		json_push(list, match(m, "sourceLabels", ZONE, r->zone));
		json_set(z, "match", list);
		json_set_bool(z, "matched", true);
		json_set_bool(z, "is_zone", true);
		json_push(routes, z);
		weight = 0;
	}
	json_push(routes, route(m, name, "default", r && !r->alone ? "Everybody else." :
				"Everybody.",
				weight));
	json_set(o, "routes", routes);
}

/* ---- callers ---- */

/* The first call of one service to another; NULL = none. */
static const struct service_call *calls(const struct service *from, uint32_t to)
{
	for (uint32_t i = 0; i < from->ncalls; i++)
		if (from->call[i].to == to)
			return &from->call[i];
	return NULL;
}

struct callers { uint32_t all, outside; const char *first_outside; };

static struct callers put_principals(const struct maker *m, uint32_t service, struct json *o)
{
	struct callers c = { 0, 0, NULL };
	struct json *list = json_array();

	for (uint32_t i = 0; i < m->s->count; i++) {
		const struct service *from = &m->s->service[i];
		const struct service_call *call = i == service ? NULL : calls(from, service);
		struct json *one;

		if (!call)
			continue;
		c.all++;
		if (!manifest_wanted(m, i)) {
			c.outside++;
			c.first_outside = c.first_outside ? c.first_outside : from->name;
		}
		one = json_object();
		manifest_yaml(m, one, "principal", arena_printf(m->arena,
			      "cluster.local/ns/%s/sa/%s", manifest_namespace(from), from->name));
		json_set_text(one, "from", arena_printf(m->arena, "%s%s%s",
			      manifest_from(m, &call->at), *call->reason ? ": " : "",
			      text_escape(m->arena, call->reason)));
		json_set_text(one, "id", from->name);
		json_push(list, one);
	}
	if (c.all)
		json_set(o, "principals", list);
	else
		json_free(list);
	return c;
}

/* The release that says what becomes of plain text; NULL = none does. */
static const struct release *mtls_release(const struct maker *m)
{
	return m->w->release && !m->w->release->steady ? m->w->release : NULL;
}

static void put_mtls(const struct maker *m, const struct callers *c, struct json *o)
{
	const struct release *r = mtls_release(m);
	const char *mode = "STRICT", *why = "Every caller that the code knows has a proxy.";

	if (r ? !r->strict : c->outside || !c->all)
		mode = "PERMISSIVE";
	if (r && r->strict)
		why = "No caller is left outside the mesh.";
	else if (c->outside)
		why = arena_printf(m->arena, "STRICT when %s%s in the mesh: plain text would be "
				   "refused until then.", c->first_outside,
				   c->outside > 1 ? " and the other callers are" : " is");
	else if (!c->all)
		why = "Nothing in the code calls it: who does is outside. STRICT behind an ingress "
		      "gateway of the mesh.";
	else if (r)
		why = "STRICT at the end of the release, when nobody sends plain text.";
	json_set_text(o, "mtls", mode);
	json_set_text(o, "mtls_why", why);
}

/* ---- what may be called ---- */

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       strchr("-._~/", c) != NULL;
}

/* "/orders/:id", "/orders/{id}" as Istio's path templates have it; NULL = it cannot be said. */
static const char *path_of(const struct maker *m, const struct service_route *r)
{
	size_t len = strlen(r->path.text), n = 0;
	char *out = arena_alloc(m->arena, len * 4 + 8, 1);

	if (r->path.head || r->path.tail || r->path.text[0] != '/')
		return NULL;
	for (const char *p = r->path.text; *p;) {
		bool first = p > r->path.text && p[-1] == '/';
		size_t part = strcspn(p, "/");

		if (first && (*p == ':' || *p == '*' || (*p == '{' && p[part - 1] == '}'))) {
			bool rest = *p == '*' || (part > 4 && !memcmp(p + part - 4, "...}", 4));

			if (rest && p[part])
				return NULL;
			memcpy(out + n, rest ? "{**}" : "{*}", rest ? 5 : 4);
			n += rest ? 4 : 3;
			p += part;
		} else if (is_plain(*p)) {
			out[n++] = *p++;
		} else {
			return NULL;
		}
	}
	if (r->prefix && !strchr(out, '{'))
		return arena_printf(m->arena, "%.*s%s*", (int)n, out,
				    n && out[n - 1] == '/' ? "" : "/");
	return r->prefix ? NULL : out;
}

struct operation { const char *method, *path, *from; };

static int by_method(const void *a, const void *b, void *ctx UNUSED)
{
	const struct operation *x = a, *y = b;
	int order = strcmp(x->method, y->method);

	return order ? order : strcmp(x->path, y->path);
}

/* The routes as operations; 0 where one of them cannot be said, or there are too many. */
static uint32_t operations(const struct maker *m, const struct service *s, struct operation *ret)
{
	uint32_t n = 0, kept = 0;

	if (s->nroutes > PATHS_MAX)
		return 0;
	for (uint32_t i = 0; i < s->nroutes; i++) {
		const char *path = path_of(m, &s->route[i]);

		if (!path)
			return 0;
		ret[n++] = (struct operation){
			s->route[i].protocol == PROTO_GRPC ? "" : s->route[i].method, path,
			manifest_from(m, &s->route[i].at)
		};
	}
	sort_with(ret, n, sizeof(*ret), by_method, NULL);
	for (uint32_t i = 0; i < n; i++)
		if (!kept || by_method(&ret[kept - 1], &ret[i], NULL))
			ret[kept++] = ret[i];
	return kept;
}

static void put_operations(const struct maker *m, uint32_t service, struct json *o)
{
	struct operation all[PATHS_MAX];
	uint32_t n = operations(m, &m->s->service[service], all);
	struct json *list = json_array(), *paths = NULL;

	for (uint32_t i = 0; i < n; i++) {
		struct json *one, *path = json_object();

		if (!i || strcmp(all[i].method, all[i - 1].method)) {
			one = json_object();
			paths = json_array();
			json_set_text(one, "method", all[i].method);
			json_set(one, "paths", paths);
			json_push(list, one);
		}
		manifest_yaml(m, path, "path", all[i].path);
		json_set_text(path, "from", all[i].from);
		json_push(paths, path);
	}
	json_set_bool(o, "has_operations", n != 0);
	json_set(o, "operations", list);
}

/* Enforced only where it can refuse nobody who calls today. */
static void put_authorization(const struct maker *m, const struct callers *c, struct json *o)
{
	const struct release *r = mtls_release(m);
	bool strict = r ? r->strict : !c->outside;
	bool dry = !strict || m->s->unresolved_calls;

	json_set_bool(o, "dry_run", dry);
	json_set_text(o, "intend_why", dry ?
		      "Everybody may: not every caller is known to be in the mesh. Deny '*' when "
		      "they are." : "Those whose code calls it, and nobody else.");
	json_set_text(o, "authz_why", !strict ?
		      "Only logged: a caller without a proxy has no name. Without dry-run when "
		      "mTLS is STRICT." : dry ?
		      arena_printf(m->arena, "Only logged: of %u calls the code does not tell the "
				   "target. Without dry-run when the log is quiet.",
				   m->s->unresolved_calls) :
		      "Those whose code calls it, and nobody else.");
}

void manifest_istio(struct maker *m, uint32_t service, struct json *o)
{
	const struct service *s = &m->s->service[service];
	struct callers c;

	manifest_guards(m, service, o);
	c = put_principals(m, service, o);
	put_mtls(m, &c, o);
	put_authorization(m, &c, o);
	put_operations(m, service, o);
	if (s->nports && (manifest_is_http(s) || s->port[0].protocol != PROTO_UDP))
		put_routes(m, s->name, o);
	json_set_bool(o, "http_ports", manifest_is_http(s));
	manifest_others(m, service, o);
	json_set_bool(o, "is_tcp", !manifest_is_http(s));
}
