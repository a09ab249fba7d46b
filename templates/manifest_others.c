/* SPDX-License-Identifier: MIT */
/*
 * manifest_others.c - a service as the Gateway API, nginx and Consul want it: a route for
 * each port, upstreams, checks.
 */
#include "templates/manifest_work.h"

#include <string.h>

#define FIRST_BIND 21000u               /* Consul's first local port of an upstream */

static bool calls_it(const struct maker *m, uint32_t service)
{
	for (uint32_t i = 0; i < m->s->count; i++)
		for (uint32_t k = 0; i != service && k < m->s->service[i].ncalls; k++)
			if (m->s->service[i].call[k].to == service)
				return true;
	return false;
}

static bool twice(const struct service *s, uint32_t port)
{
	for (uint32_t k = 0; k < port; k++)
		if (s->port[k].protocol == s->port[port].protocol &&
		    manifest_port_number(&s->port[k]) == manifest_port_number(&s->port[port]))
			return true;
	return false;
}

/* A route for each port of the protocol; *ret_any: there is one. */
static struct json *ports_of(const struct maker *m, const struct service *s,
			     enum service_protocol protocol, bool door, bool *ret_any)
{
	struct json *list = json_array(), *one = NULL;
	uint32_t all = 0;

	for (uint32_t i = 0; i < s->nports; i++)
		all += s->port[i].protocol == PROTO_HTTP || s->port[i].protocol == PROTO_GRPC;
	for (uint32_t i = 0; i < s->nports; i++) {
		uint32_t number = manifest_port_number(&s->port[i]);

		if (s->port[i].protocol != protocol || twice(s, i))
			continue;
		if (one)
			json_set_bool(one, "last", false);
		one = json_object();
		manifest_yaml(m, one, "route_name", all == 1 ? s->name :
			      arena_printf(m->arena, "%s-%u", s->name, number));
		json_set_text(one, "upstream", arena_printf(m->arena, "%s-%u", s->name, number));
		json_set_int(one, "number", number);
		json_set_text(one, "from", manifest_from(m, &s->port[i].at));
		json_set_bool(one, "through_gateway", door && !*ret_any);
		json_push(list, one);
		*ret_any = true;
	}
	if (one)
		json_set_bool(one, "last", true);
	return list;
}

static void put_upstreams(const struct maker *m, const struct service *s, struct json *o)
{
	struct json *list = json_array(), *one = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->ncalls; i++) {
		uint32_t to = s->call[i].to;
		bool seen = to == SERVICE_NONE;

		for (uint32_t k = 0; k < i; k++)
			seen = seen || s->call[k].to == to;
		if (seen)
			continue;
		if (one)
			json_set_bool(one, "last", false);
		one = json_object();
		json_set_text(one, "to", m->s->service[to].name);
		json_set_int(one, "bind", FIRST_BIND + n++);
		json_set_text(one, "from", manifest_from(m, &s->call[i].at));
		json_push(list, one);
	}
	if (one)
		json_set_bool(one, "last", true);
	json_set(o, "upstreams", list);
}

static void put_consul(const struct maker *m, uint32_t service, struct json *o)
{
	const struct service *s = &m->s->service[service];
	struct json *port, *check = manifest_check(m, service);
	const char *protocol = "tcp";

	for (uint32_t i = 0; i < s->nports; i++) {
		const struct service_port *p = &s->port[i];

		if (p->protocol == PROTO_UDP)
			continue;
		protocol = p->protocol == PROTO_HTTP ? "http" :
			   p->protocol == PROTO_GRPC ? "grpc" : "tcp";
		port = json_object();
		json_set_int(port, "number", manifest_port_number(p));
		json_set_text(port, "from", manifest_from(m, &p->at));
		json_set(o, "main_port", port);
		break;
	}
	json_set_text(o, "consul_protocol", protocol);
	if (check)
		json_set(o, "consul_check", check);
	json_set_text(o, "old", VERSION_OLD);
	json_set_text(o, "default_subset", m->w->release && m->w->release->alone ?
		      m->w->release->fresh : VERSION_OLD);
	put_upstreams(m, s, o);
}

void manifest_others(const struct maker *m, uint32_t service, struct json *o)
{
	const struct service *s = &m->s->service[service];
	bool http = false, grpc = false, door = !calls_it(m, service);

	json_set(o, "http_routes", ports_of(m, s, PROTO_HTTP, door, &http));
	json_set(o, "grpc_routes", ports_of(m, s, PROTO_GRPC, false, &grpc));
	json_set_bool(o, "through_gateway", door && http);
	json_set_bool(o, "routed", http || grpc);
	json_set_text(o, "space", manifest_namespace(s));
	json_set_bool(o, "timed", manifest_is_http(s) &&
		      json_member(o, "timeout", sizeof("timeout") - 1));
	put_consul(m, service, o);
}
