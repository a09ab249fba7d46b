/* SPDX-License-Identifier: MIT */
/* serves.c - does one of a service's routes serve a request path? */
#include "analyzers/services/services.h"

#include <string.h>

/* One segment of a route against one of a path: a literal, or a parameter of any router. */
static bool is_param(const char *s, size_t len)
{
	return len && (*s == ':' || *s == '*' || memchr(s, '{', len) || memchr(s, '\1', len));
}

/* The rest of the path, whatever it is: "*name", "{name...}", "*". */
static bool is_rest(const char *s, size_t len)
{
	return len && (*s == '*' || (len > 4 && *s == '{' && !strncmp(s + len - 4, "...}", 4)));
}

/* Does the route from its first segment on match the path's segments? */
static bool matches(const char *route, const char *path, bool prefix)
{
	for (;;) {
		size_t r = strcspn(route, "/"), p = strcspn(path, "/");

		if (is_rest(route, r))
			return true;
		if (!r && !route[r] && prefix)
			return true;
		if (r == 3 && !strncmp(route, "{$}", 3))
			return !*path;
		if (is_param(route, r) ? !p : r != p || strncmp(route, path, r) != 0)
			return prefix && !*route;
		route += r;
		path += p;
		if (!*route)
			return !*path || prefix;
		if (!*path)
			return false;
		route++;
		path++;
	}
}

/* A route whose beginning is unknown may begin at any segment of the path. */
static bool matches_within(const struct service_route *r, const char *path)
{
	const char *route = r->path.text;

	route += *route == '/';
	for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/'))
		if (matches(route, at + 1, r->prefix || r->path.tail))
			return true;
	return false;
}

/* Text with something unknown at its end serves what begins with it. */
static bool may_begin(const struct service_route *r, const char *path)
{
	size_t len = strlen(r->path.text);

	return r->path.tail && !strncmp(r->path.text, path, len);
}

enum serves service_serves(const struct service *s, const char *method, const char *path,
			   const struct service_route **ret_route)
{
	enum serves best = SERVES_NOT;

	*ret_route = NULL;
	for (uint32_t i = 0; i < s->nroutes; i++) {
		const struct service_route *r = &s->route[i];
		enum serves now = SERVES_NOT;
		bool grpc = r->protocol == PROTO_GRPC;
		/* net/http serves HEAD where GET is registered. */
		bool fits = !*method || !*r->method || !strcmp(method, r->method) ||
			    (!strcmp(method, "HEAD") && !strcmp(r->method, "GET"));

		if (!fits)
			continue;
		if (!r->path.head && !r->path.tail)
			now = grpc ? !strncmp(path, r->path.text, strlen(r->path.text)) ?
				SERVES : SERVES_NOT :
			      matches(r->path.text + (*r->path.text == '/'),
				      path + (*path == '/'), r->prefix) ? SERVES : SERVES_NOT;
		else if (r->path.head ? matches_within(r, path) : may_begin(r, path))
			now = SERVES_MAYBE;
		if (now > best) {
			best = now;
			*ret_route = r;
		}
	}
	return best;
}
