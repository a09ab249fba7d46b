/* SPDX-License-Identifier: MIT */
/*
 * manifest_view.c - programs and services as the templates of templates/mesh want them:
 * names, ports, environment, image.
 */
#include "base/text.h"
#include "base/yaml.h"
#include "templates/manifest_work.h"

#include <string.h>

#define PORT_NAME_MAX 15u               /* of Kubernetes */

bool manifest_wanted(const struct maker *m, uint32_t service)
{
	/* Unless told: what has no program here is somebody else's. */
	return m->w->wanted ? m->w->wanted[service] : *m->s->service[service].package != '\0';
}

const char *manifest_namespace(const struct service *s)
{
	return *s->namespace_ ? s->namespace_ : "default";
}

const char *manifest_host(const struct maker *m, const struct service *s)
{
	return arena_printf(m->arena, "%s.%s.svc.cluster.local", s->name, manifest_namespace(s));
}

const char *manifest_from(const struct maker *m, const struct service_place *at)
{
	if (!at->path || !*at->path)
		return "the policy";
	return text_escape(m->arena, arena_printf(m->arena, "%s:%u", at->path, at->line));
}

const char *manifest_record(const struct maker *m, const struct service *s, const char *version)
{
	char *name = arena_printf(m->arena, "%s_%s", s->name, version);

	for (char *p = name; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		      (*p >= '0' && *p <= '9')))
			*p = '_';
	return name;
}

void manifest_yaml(const struct maker *m, struct json *o, const char *key, const char *text)
{
	json_set_text(o, key, yaml_scalar(text, false, m->arena));
}

uint32_t manifest_port_number(const struct service_port *p)
{
	return p->number ? p->number : PORT_UNKNOWN;
}

static bool looks_inside(enum service_protocol p)
{
	return p == PROTO_HTTP || p == PROTO_GRPC;
}

bool manifest_is_http(const struct service *s)
{
	for (uint32_t i = 0; i < s->nports; i++)
		if (looks_inside(s->port[i].protocol))
			return true;
	return false;
}

/* Letters, digits and single dashes of a name that people chose, at most `max` bytes. */
static const char *label_of(const char *text, size_t max, struct arena *arena)
{
	char *out = arena_strdup(arena, text);
	size_t n = 0;

	for (const char *p = text; *p && n < max; p++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
		bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

		if (good)
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return out;
}

/* ---- ports ---- */

static const char *prefix_of(enum service_protocol p)
{
	return p == PROTO_UNKNOWN ? "tcp" : service_protocol_prefix[p];
}

const char *manifest_port_name(const struct maker *m, const struct service *s, uint32_t i)
{
	const struct service_port *p = &s->port[i];
	const char *prefix = prefix_of(p->protocol);
	size_t used = strlen(prefix), own = *p->name ? strlen(p->name) : 0;
	bool alone = true;

	for (uint32_t k = 0; k < s->nports; k++)
		alone = alone && (k == i || strcmp(prefix_of(s->port[k].protocol), prefix) != 0);
	/* A name that says the protocol already is a good one. */
	if (own && own <= PORT_NAME_MAX && !strncmp(p->name, prefix, used) &&
	    (!p->name[used] || p->name[used] == '-') &&
	    !strcmp(label_of(p->name, PORT_NAME_MAX, m->arena), p->name))
		return p->name;
	if (alone && !own)
		return prefix;
	const char *rest = label_of(p->name, PORT_NAME_MAX - used - 1, m->arena);

	return *rest ? arena_printf(m->arena, "%s-%s", prefix, rest)
		     : arena_printf(m->arena, "%s-%u", prefix, manifest_port_number(p));
}

static const char *port_from(const struct maker *m, const struct service_port *p)
{
	const char *at = manifest_from(m, &p->at);

	if (p->number)
		return at;
	return arena_printf(m->arena, "nothing says which port: %u is a guess; %s", PORT_UNKNOWN,
			    at);
}

static struct json *port_view(const struct maker *m, const struct service *s, uint32_t i,
			      const char *target)
{
	const struct service_port *p = &s->port[i];
	struct json *o = json_object();

	json_set_text(o, "name", manifest_port_name(m, s, i));
	json_set_text(o, "target", target);
	json_set_int(o, "number", manifest_port_number(p));
	json_set_bool(o, "udp", p->protocol == PROTO_UDP);
	json_set_bool(o, "is_grpc", p->protocol == PROTO_GRPC);
	json_set_bool(o, "is_http", p->protocol == PROTO_HTTP);
	json_set_text(o, "from", port_from(m, p));
	return o;
}

/* Of the members of a program the first with that port names it. */
static bool first_with(const struct maker *m, const struct program *p, uint32_t member,
		       uint32_t port, uint32_t *ret_member, uint32_t *ret_port)
{
	const struct service *own = &m->s->service[p->member[member]];
	uint32_t number = manifest_port_number(&own->port[port]);

	for (uint32_t i = 0; i < p->count; i++) {
		const struct service *s = &m->s->service[p->member[i]];

		for (uint32_t k = 0; k < s->nports; k++)
			if (manifest_port_number(&s->port[k]) == number &&
			    (s->port[k].protocol == PROTO_UDP) ==
				    (own->port[port].protocol == PROTO_UDP)) {
				*ret_member = i;
				*ret_port = k;
				return i == member && k == port;
			}
	}
	return false;
}

/* Its container's name of a port: unique in the program. */
static const char *container_port(const struct maker *m, const struct program *p, uint32_t member,
				  uint32_t port)
{
	uint32_t a = member, b = port;
	const struct service *s;

	first_with(m, p, member, port, &a, &b);
	s = &m->s->service[p->member[a]];
	if (p->count == 1)
		return manifest_port_name(m, s, b);
	return arena_printf(m->arena, "%s-%u", prefix_of(s->port[b].protocol),
			    manifest_port_number(&s->port[b]));
}

static void program_ports(const struct maker *m, const struct program *p, struct json *o)
{
	struct json *ports = json_array();
	bool any = false;

	for (uint32_t i = 0; i < p->count; i++) {
		const struct service *s = &m->s->service[p->member[i]];

		for (uint32_t k = 0; k < s->nports; k++) {
			uint32_t a, b;
			struct json *one;

			if (!first_with(m, p, i, k, &a, &b))
				continue;
			one = json_object();
			json_set_text(one, "name", container_port(m, p, i, k));
			json_set_int(one, "number", manifest_port_number(&s->port[k]));
			json_set_bool(one, "udp", s->port[k].protocol == PROTO_UDP);
			json_set_text(one, "from", port_from(m, &s->port[k]));
			json_push(ports, one);
			any = true;
		}
	}
	json_set_bool(o, "has_ports", any);
	json_set(o, "ports", ports);
}

static const struct program *program_with(const struct program *list, uint32_t count,
					  uint32_t service, uint32_t *ret_member)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < list[i].count; k++)
			if (list[i].member[k] == service) {
				*ret_member = k;
				return &list[i];
			}
	BUG("service %u is in no program", service);
}

static void service_ports(const struct maker *m, uint32_t service, struct json *o)
{
	const struct service *s = &m->s->service[service];
	struct json *ports = json_array();
	struct program *list;
	uint32_t count = manifest_programs(m, &list), member = 0;
	const struct program *p = program_with(list, count, service, &member);

	for (uint32_t i = 0; i < s->nports; i++) {
		struct json *one = port_view(m, s, i, container_port(m, p, member, i));
		bool twice = false;

		for (uint32_t k = 0; k < i; k++)
			twice = twice ||
				manifest_port_number(&s->port[k]) ==
					manifest_port_number(&s->port[i]);
		if (twice)
			json_free(one);
		else
			json_push(ports, one);
	}
	json_set(o, "ports", ports);
}

/* ---- environment ---- */

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

/* "http://localhost:8080/x" with another host: the code expects the form that it falls back to. */
static const char *address(const struct maker *m, const struct service *from,
			   const struct service_call *c, const char *standard)
{
	const struct service *to = &m->s->service[c->to];
	const char *colon = strstr(standard, "://");
	const char *begin = colon ? colon + 3 : standard;
	const char *slash = strchr(begin, '/');
	uint32_t port = c->port;
	const char *host = strcmp(manifest_namespace(from), manifest_namespace(to)) ?
		arena_printf(m->arena, "%s.%s", to->name, manifest_namespace(to)) : to->name;

	for (uint32_t i = 0; i < to->nports; i++)
		if (to->port[i].protocol == c->protocol ||
		    (c->protocol == PROTO_UNKNOWN && !i))
			port = manifest_port_number(&to->port[i]);
	if (!port)
		port = to->nports ? manifest_port_number(&to->port[0]) : PORT_UNKNOWN;
	/* Nothing to go by but the name of the key. */
	if (!*standard && c->protocol == PROTO_HTTP && (ends_with(c->env, "URL") ||
							ends_with(c->env, "URI")))
		return arena_printf(m->arena, "http://%s:%u", host, port);
	/* A host alone, without a port, stays a host alone. */
	if (*begin && !strchr(begin, ':') && !colon)
		return host;
	return arena_printf(m->arena, "%.*s%s:%u%s", (int)(begin - standard), standard, host, port,
			    slash ? slash : "");
}

static const struct service_call *call_through(const struct service *s, const char *key)
{
	for (uint32_t i = 0; i < s->ncalls; i++)
		if (s->call[i].to != SERVICE_NONE && !strcmp(s->call[i].env, key))
			return &s->call[i];
	return NULL;
}

static const struct service_port *port_through(const struct service *s, const char *key)
{
	for (uint32_t i = 0; i < s->nports; i++)
		if (!strcmp(s->port[i].env, key))
			return &s->port[i];
	return NULL;
}

/* ":8080", "0.0.0.0:8080" or "8080", as the code falls back to. */
static const char *port_value(const struct maker *m, const char *standard, uint32_t number)
{
	const char *colon = strrchr(standard, ':');

	if (!colon)
		return arena_printf(m->arena, "%u", number);
	return arena_printf(m->arena, "%.*s:%u", (int)(colon - standard), standard, number);
}

struct env_lists { struct json *set, *unset; bool any_set, any_unset; };

static void put_env(const struct maker *m, struct json *list, const struct service_env *e,
		    const char *value)
{
	struct json *o = json_object();

	manifest_yaml(m, o, "key", e->key);
	if (value)
		manifest_yaml(m, o, "value", value);
	json_set_text(o, "from", manifest_from(m, &e->at));
	json_push(list, o);
}

static void add_env(const struct maker *m, const struct service *s, const struct service_env *e,
		    struct env_lists *l)
{
	const struct service_call *call = call_through(s, e->key);
	const struct service_port *port = port_through(s, e->key);

	if (call) {
		put_env(m, l->set, e, address(m, s, call, e->standard));
		l->any_set = true;
	} else if (port) {
		put_env(m, l->set, e, port_value(m, e->standard, manifest_port_number(port)));
		l->any_set = true;
	} else if (!*e->standard) {
		put_env(m, l->unset, e, NULL);
		l->any_unset = true;
	}
}

static bool seen_env(const struct maker *m, const struct program *p, uint32_t upto, const char *key)
{
	for (uint32_t i = 0; i < upto; i++) {
		const struct service *s = &m->s->service[p->member[i]];

		for (uint32_t k = 0; k < s->nenvs; k++)
			if (!strcmp(s->env[k].key, key))
				return true;
	}
	return false;
}

static void program_env(const struct maker *m, const struct program *p, struct json *o)
{
	struct env_lists l = { .set = json_array(), .unset = json_array() };

	for (uint32_t i = 0; i < p->count; i++) {
		const struct service *s = &m->s->service[p->member[i]];

		for (uint32_t k = 0; k < s->nenvs; k++)
			if (!(k && !strcmp(s->env[k - 1].key, s->env[k].key)) &&
			    !seen_env(m, p, i, s->env[k].key))
				add_env(m, s, &s->env[k], &l);
	}
	json_set_bool(o, "has_env", l.any_set);
	json_set_bool(o, "has_unset", l.any_unset);
	json_set(o, "env", l.set);
	json_set(o, "unset", l.unset);
}

/* ---- versions ---- */

static void put_version(const struct maker *m, struct json *list, const char *program,
			const struct service *s, const char *version, bool last)
{
	const struct release *r = m->w->release;
	bool fresh = r && !strcmp(version, r->fresh);
	struct json *o = json_object();
	bool told = *s->image && !fresh;

	manifest_yaml(m, o, "version", version);
	manifest_yaml(m, o, "deployment", arena_printf(m->arena, "%s-%s", program, version));
	manifest_yaml(m, o, "backend", arena_printf(m->arena, "%s-%s", s->name, version));
	manifest_yaml(m, o, "image", told ? s->image :
		      arena_printf(m->arena, "registry.example/%s:%s", program, version));
	json_set_text(o, "label", version);
	json_set_text(o, "record", manifest_record(m, s, version));
	json_set_text(o, "image_from", told ? "the policy" : fresh ?
		      "put the image of the new version here" :
		      "put your image here, or let the policy name it; never 'latest'");
	json_set_int(o, "weight", !r ? 100 : fresh ? r->weight : 100 - r->weight);
	json_set_bool(o, "last", last);
	json_push(list, o);
}

static void put_versions(const struct maker *m, struct json *o, const char *program,
			 const struct service *s)
{
	const struct release *r = m->w->release;
	struct json *list = json_array();

	if (!r || !r->alone)
		put_version(m, list, program, s, VERSION_OLD, !r);
	if (r)
		put_version(m, list, program, s, r->fresh, true);
	json_set(o, "versions", list);
	if (r && !r->alone) {
		struct json *compared = json_object();

		json_set_text(compared, "old", manifest_record(m, s, VERSION_OLD));
		json_set_text(compared, "new", manifest_record(m, s, r->fresh));
		json_set(o, "compared", compared);
	}
	manifest_yaml(m, o, "guard", arena_printf(m->arena, "%s-release-guard", s->name));
}

/* ---- views ---- */

struct json *manifest_program_view(const struct maker *m, const struct program *p)
{
	const struct service *s = &m->s->service[p->member[0]];
	struct json *o = json_object();

	manifest_yaml(m, o, "name", p->name);
	manifest_yaml(m, o, "namespace", manifest_namespace(s));
	json_set_bool(o, "injected", m->w->target == TARGET_ISTIO && m->w->stage == STAGE_MESH);
	program_ports(m, p, o);
	program_env(m, p, o);
	json_set(o, "probes", manifest_probes(m, p));
	/* One of them names the image for all. */
	for (uint32_t i = 0; i < p->count && !*s->image; i++)
		if (*m->s->service[p->member[i]].image)
			s = &m->s->service[p->member[i]];
	put_versions(m, o, p->name, s);
	return o;
}

struct json *manifest_service_view(struct maker *m, uint32_t service)
{
	const struct service *s = &m->s->service[service];
	const char *program = manifest_program_of(m, service);
	struct json *o = json_object();

	manifest_yaml(m, o, "name", s->name);
	json_set_text(o, "id", s->name);
	manifest_yaml(m, o, "namespace", manifest_namespace(s));
	json_set_text(o, "fqdn", manifest_host(m, s));
	manifest_yaml(m, o, "selector", program);
	json_set_text(o, "selector_from", strcmp(program, s->name) ?
		      arena_printf(m->arena, "still the program %s (%s); its own later",
				   text_escape(m->arena, s->package), manifest_from(m, &s->at)) :
		      manifest_from(m, &s->at));
	service_ports(m, service, o);
	put_versions(m, o, program, s);
	if (m->w->stage == STAGE_MESH)
		manifest_istio(m, service, o);
	return o;
}
