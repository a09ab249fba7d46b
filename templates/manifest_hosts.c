/* SPDX-License-Identifier: MIT */
/* manifest_hosts.c - hosts outside that the code calls, which the mesh must know by name. */
#include "templates/manifest_work.h"

#include <string.h>

struct outside {
	const char *host, *namespace_;
	uint32_t port;
	bool tls;
	enum service_protocol protocol;
	const struct service_place *at;
};

/* A name of DNS with a dot that no cluster answers for; neither a number nor a wildcard. */
static bool is_outside(const struct service_call *c)
{
	const char *h = c->host.text, *dot = strrchr(h, '.');
	size_t len = strlen(h), label = 0;

	if (c->to != SERVICE_NONE || c->host.head || c->host.tail || !dot || len > 253)
		return false;
	for (size_t i = 0; i <= len; i++) {
		bool good = (h[i] >= 'a' && h[i] <= 'z') || (h[i] >= '0' && h[i] <= '9');

		if (h[i] == '.' || !h[i]) {
			if (!label || label > 63 || h[i - 1] == '-')
				return false;
			label = 0;
		} else if (good || (h[i] == '-' && label)) {
			label++;
		} else {
			return false;
		}
	}
	return (dot[1] < '0' || dot[1] > '9') && !strstr(h, ".svc.") &&
	       strcmp(dot, ".svc") != 0 && strcmp(dot, ".local") != 0 &&
	       strcmp(dot, ".localhost") != 0 && strcmp(dot, ".internal") != 0;
}

static int compare(const void *a, const void *b, void *ctx UNUSED)
{
	const struct outside *x = a, *y = b;
	int order = strcmp(x->host, y->host);

	if (!order)
		order = strcmp(x->namespace_, y->namespace_);
	if (!order)
		order = x->port < y->port ? -1 : x->port > y->port;
	if (!order)
		order = strcmp(x->at->path, y->at->path);
	return order ? order : x->at->line < y->at->line ? -1 : x->at->line > y->at->line;
}

static uint32_t collect(const struct maker *m, struct outside **ret)
{
	struct outside *list;
	uint32_t n = 0, cap = 0;

	for (uint32_t i = 0; i < m->s->count; i++)
		cap += m->s->service[i].ncalls;
	list = arena_array(m->arena, struct outside, cap);
	for (uint32_t i = 0; i < m->s->count; i++)
		for (uint32_t k = 0; k < m->s->service[i].ncalls; k++) {
			const struct service_call *c = &m->s->service[i].call[k];

			if (!manifest_wanted(m, i) || !is_outside(c))
				continue;
			list[n++] = (struct outside){
				c->host.text, manifest_namespace(&m->s->service[i]),
				c->port ? c->port : c->tls ? 443 : 80, c->tls, c->protocol, &c->at
			};
		}
	sort_with(list, n, sizeof(*list), compare, NULL);
	*ret = list;
	return n;
}

/* What goes over the wire: what is encrypted by the program itself is TLS and no more. */
static struct json *port_view(const struct maker *m, const struct outside *o)
{
	struct json *port = json_object();
	bool tls = o->tls || o->port == 443 || o->protocol == PROTO_HTTPS;
	const char *protocol = tls ? "TLS" : o->protocol == PROTO_GRPC ? "GRPC" :
			       o->protocol == PROTO_HTTP ? "HTTP" : "TCP";
	const char *prefix = tls ? "tls" : o->protocol == PROTO_GRPC ? "grpc" :
			     o->protocol == PROTO_HTTP ? "http" : "tcp";

	json_set_int(port, "number", o->port);
	json_set_text(port, "name", arena_printf(m->arena, "%s-%u", prefix, o->port));
	json_set_text(port, "protocol", protocol);
	return port;
}

static const char *dashes(const struct maker *m, const char *host)
{
	char *name = arena_strdup(m->arena, host);

	for (char *p = name; *p; p++)
		if (*p == '.')
			*p = '-';
	return name;
}

struct json *manifest_hosts(const struct maker *m)
{
	struct json *all = json_array(), *o = NULL, *ports = NULL, *from = NULL;
	struct outside *list;
	uint32_t n = collect(m, &list);

	for (uint32_t i = 0; i < n; i++) {
		const struct outside *x = &list[i], *before = i ? &list[i - 1] : NULL;

		if (!before || strcmp(before->host, x->host) ||
		    strcmp(before->namespace_, x->namespace_)) {
			o = json_object();
			json_push(all, o);
			manifest_yaml(m, o, "host", x->host);
			json_set_text(o, "folder", arena_printf(m->arena, "%s.%s", x->namespace_,
								x->host));
			manifest_yaml(m, o, "name", dashes(m, x->host));
			manifest_yaml(m, o, "namespace", x->namespace_);
			json_set(o, "ports", ports = json_array());
			json_set(o, "from", from = json_array());
			before = NULL;
		}
		if (!before || before->port != x->port)
			json_push(ports, port_view(m, x));
		json_push_text(from, manifest_from(m, x->at));
	}
	return all;
}
