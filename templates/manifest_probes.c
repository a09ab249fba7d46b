/* SPDX-License-Identifier: MIT */
/*
 * manifest_probes.c - how kubelet asks a program: a route that the code serves, the
 * health service of gRPC where it is registered, else whether the port is open.
 */
#include "base/yaml.h"
#include "templates/manifest_work.h"

#include <string.h>

#define GRPC_HEALTH "/grpc.health.v1.Health/"

static const struct { const char *path; bool live, ready; } routes[] = {
#define PROBE_ROUTE(path, live, ready) { path, live, ready },
#include "templates/probe_routes.def"
#undef PROBE_ROUTE
};

struct found {
	const struct service *service;
	const struct service_route *route;      /* NULL: the port alone */
	uint32_t port;
};

/* The first port of the protocol, or of HTTP when none says what it is. */
static bool port_of(const struct service *s, enum service_protocol protocol, uint32_t *ret)
{
	for (uint32_t i = 0; i < s->nports; i++)
		if (s->port[i].protocol == protocol) {
			*ret = i;
			return true;
		}
	for (uint32_t i = 0; protocol == PROTO_HTTP && i < s->nports; i++)
		if (s->port[i].protocol == PROTO_UNKNOWN) {
			*ret = i;
			return true;
		}
	return false;
}

static bool is_route(const struct service_route *r, const char *path)
{
	return !r->path.head && !r->path.tail && r->protocol != PROTO_GRPC &&
	       !strcmp(r->path.text, path) && (!*r->method || !strcmp(r->method, "GET"));
}

static bool find_route(const struct maker *m, const struct program *p, bool live,
		       struct found *ret)
{
	for (size_t k = 0; k < ARRAY_SIZE(routes); k++)
		for (uint32_t i = 0; i < p->count; i++) {
			const struct service *s = &m->s->service[p->member[i]];

			if (!(live ? routes[k].live : routes[k].ready) ||
			    !port_of(s, PROTO_HTTP, &ret->port))
				continue;
			for (uint32_t r = 0; r < s->nroutes; r++)
				if (is_route(&s->route[r], routes[k].path)) {
					ret->service = s;
					ret->route = &s->route[r];
					return true;
				}
		}
	return false;
}

static bool find_grpc(const struct maker *m, const struct program *p, struct found *ret)
{
	for (uint32_t i = 0; i < p->count; i++) {
		const struct service *s = &m->s->service[p->member[i]];

		for (uint32_t r = 0; r < s->nroutes; r++)
			if (!strncmp(s->route[r].path.text, GRPC_HEALTH, sizeof(GRPC_HEALTH) - 1) &&
			    port_of(s, PROTO_GRPC, &ret->port)) {
				ret->service = s;
				ret->route = &s->route[r];
				return true;
			}
	}
	return false;
}

static bool find_port(const struct maker *m, const struct program *p, struct found *ret)
{
	for (uint32_t i = 0; i < p->count; i++) {
		ret->service = &m->s->service[p->member[i]];
		ret->route = NULL;
		for (ret->port = 0; ret->port < ret->service->nports; ret->port++)
			if (ret->service->port[ret->port].protocol != PROTO_UDP)
				return true;
	}
	return false;
}

static struct json *probe(const struct maker *m, const struct found *f, bool live)
{
	const struct service_port *port = &f->service->port[f->port];
	struct json *o = json_object(), *how = json_object();
	bool grpc = f->route && f->route->protocol == PROTO_GRPC;

	json_set_int(how, "port", manifest_port_number(port));
	json_set_int(how, "number", manifest_port_number(port));
	if (f->route && !grpc)
		manifest_yaml(m, how, "path", f->route->path.text);
	json_set(o, !f->route ? "tcp" : grpc ? "grpc" : "http", how);
	json_set_text(o, "kind", live ? "livenessProbe" : "readinessProbe");
	json_set_int(o, "period", live ? 10 : 5);
	json_set_text(o, "from", f->route ? manifest_from(m, &f->route->at) :
		      "no route tells how it is; the open port says that it runs");
	return o;
}

struct json *manifest_check(const struct maker *m, uint32_t service)
{
	const struct program p = { .member = &service, .count = 1 };
	struct found f = { .port = 0 };
	struct json *o;
	uint32_t number;

	if (!find_route(m, &p, false, &f) && !find_grpc(m, &p, &f) && !find_port(m, &p, &f))
		return NULL;
	o = json_object();
	number = manifest_port_number(&f.service->port[f.port]);
	json_set_text(o, "kind", !f.route ? "tcp" : f.route->protocol == PROTO_GRPC ? "grpc" :
		      "http");
	json_set_text(o, "target", f.route && f.route->protocol != PROTO_GRPC ?
		      arena_printf(m->arena, "http://localhost:%u%s", number, f.route->path.text) :
		      arena_printf(m->arena, "localhost:%u", number));
	json_set_text(o, "from", f.route ? manifest_from(m, &f.route->at) :
		      "no route tells how it is; the open port says that it runs");
	return o;
}

struct json *manifest_probes(const struct maker *m, const struct program *p)
{
	struct json *list = json_array();

	for (int live = 0; live < 2; live++) {
		struct found f = { .port = 0 };

		if (find_route(m, p, live, &f) || find_grpc(m, p, &f) || find_port(m, p, &f))
			json_push(list, probe(m, &f, live));
	}
	return list;
}
