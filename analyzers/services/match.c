/* SPDX-License-Identifier: MIT */
/* match.c - calls to services: by gRPC service, by address key, by host. */
#include "analyzers/services/match.h"
#include "analyzers/services/service_name.h"

static const char *const address_ends[] = {
#define CLIENT(path, name, arg)
#define DIAL(path, name, arg, option)
#define ADDRESS_END(word) word,
#include "analyzers/services/clients.def"
#undef CLIENT
#undef DIAL
#undef ADDRESS_END
};

/* Ends of hosts that no cluster has: what stands before is no service of ours. */
static const char *const worlds[] = { "com", "org", "net", "io", "dev", "app", "cloud", "ai" };

const char *match_key_name(const char *key, struct arena *arena)
{
	char *name = arena_strdup(arena, key);
	bool any = false;

	for (bool cut = true; cut;) {
		cut = false;
		for (size_t i = 0; i < ARRAY_SIZE(address_ends); i++) {
			size_t n = strlen(name), m = strlen(address_ends[i]);

			if (n > m + 1 && name[n - m - 1] == '_' &&
			    !strcmp(name + n - m, address_ends[i])) {
				name[n - m - 1] = '\0';
				any = cut = true;
			}
		}
	}
	return any ? service_name_plain(name, arena) : "";
}

/* The one service of that plain name. */
uint32_t match_plain(const struct found *item, uint32_t count, const char *plain,
			 struct arena *arena)
{
	uint32_t found = SERVICE_NONE;

	for (uint32_t i = 0; *plain && i < count; i++)
		if (!strcmp(service_name_plain(item[i].s.name, arena), plain)) {
			if (found != SERVICE_NONE)
				return SERVICE_NONE;
			found = i;
		}
	return found;
}

uint32_t match_host(const struct found *item, uint32_t count, const char *host,
		    struct arena *arena)
{
	size_t first = strcspn(host, ".");
	const char *last = strrchr(host, '.');
	char *label;

	if (!first)
		return SERVICE_NONE;
	for (size_t i = 0; last && i < ARRAY_SIZE(worlds); i++)
		if (!strcmp(last + 1, worlds[i]))
			return SERVICE_NONE;
	label = arena_strndup(arena, host, first);
	for (uint32_t i = 0; i < count; i++)
		if (!strcmp(item[i].s.name, label))
			return i;
	return match_plain(item, count, service_name_plain(label, arena), arena);
}

/* "discovery:///beer.cart.service": the one service that one of its words names. */
static uint32_t by_words(const struct found *item, uint32_t count, const char *host,
			 struct arena *arena)
{
	uint32_t found = match_plain(item, count, service_name_plain(host, arena), arena);

	for (const char *p = host; found == SERVICE_NONE && *p; p += strspn(p, "./")) {
		size_t len = strcspn(p, "./");

		found = match_plain(item, count, service_name_plain(arena_strndup(arena, p, len),
								 arena), arena);
		p += len;
	}
	return found;
}

static bool registers(const struct service *s, const char *name, bool full)
{
	for (uint32_t i = 0; i < s->nroutes; i++) {
		const char *path = s->route[i].path.text, *dot;
		size_t len = strlen(path);

		if (s->route[i].protocol != PROTO_GRPC || len < 3)
			continue;
		if (len - 2 == strlen(name) && !strncmp(path + 1, name, len - 2))
			return true;
		/* Only the last word is known where the generated code is not in the tree. */
		dot = strrchr(path, '.');
		if (!full && dot && strlen(dot + 1) - 1 == strlen(name) &&
		    !strncmp(dot + 1, name, strlen(name)))
			return true;
	}
	return false;
}

uint32_t match_grpc(const struct found *item, uint32_t count, uint32_t self, const char *name,
			uint32_t hint)
{
	uint32_t found = SERVICE_NONE, n = 0;

	for (uint32_t i = 0; i < count; i++)
		if (i != self && registers(&item[i].s, name, strchr(name, '.'))) {
			if (i == hint)
				return i;
			found = found == SERVICE_NONE ? i : found;
			n++;
		}
	return n == 1 ? found : SERVICE_NONE;
}

/* Everything of this kind is in each gRPC server; it tells nothing. */
static bool is_common(const char *grpc)
{
	return !strncmp(grpc, "grpc.", 5);
}

static bool is_local(const char *host)
{
	return !strcmp(host, "localhost") || !strncmp(host, "127.", 4) || !strcmp(host, "0.0.0.0");
}

static uint32_t by_port(const struct found *item, uint32_t count, uint32_t self, uint32_t port)
{
	uint32_t found = SERVICE_NONE;

	for (uint32_t i = 0; port && i < count; i++)
		for (uint32_t k = 0; i != self && k < item[i].s.nports; k++)
			if (item[i].s.port[k].number == port) {
				if (found != SERVICE_NONE && found != i)
					return SERVICE_NONE;
				found = i;
			}
	return found;
}

/* False: the call says nothing to anybody. */
static bool match(struct found *item, uint32_t count, uint32_t self, struct service_call *c,
		  struct arena *arena)
{
	const char *grpc = c->protocol == PROTO_GRPC ? c->reason : "";
	uint32_t key = SERVICE_NONE, host = SERVICE_NONE;

	if (*grpc && is_common(grpc))
		return false;
	if (*c->env)
		key = match_plain(item, count, match_key_name(c->env, arena), arena);
	if (*c->host.text && !c->host.head && !is_local(c->host.text))
		host = match_host(item, count, c->host.text, arena);
	c->reason = "";
	if (*grpc)
		c->to = match_grpc(item, count, self, grpc, key != SERVICE_NONE ? key : host);
	if (c->to != SERVICE_NONE) {
		c->reason = arena_printf(arena, "the client of %s", grpc);
	} else if (key != SERVICE_NONE && key != self) {
		c->to = key;
		c->reason = arena_printf(arena, "the address key %s", c->env);
	} else if (host != SERVICE_NONE && host != self) {
		c->to = host;
		c->reason = arena_printf(arena, "the host %s", c->host.text);
	} else if (*grpc && *c->host.text) {
		c->to = by_words(item, count, c->host.text, arena);
		c->reason = c->to == SERVICE_NONE ? "" :
			arena_printf(arena, "the host %s", c->host.text);
	}
	if (c->to == SERVICE_NONE && is_local(c->host.text) && !*c->env && !*grpc) {
		c->to = by_port(item, count, self, c->port);
		c->reason = arena_printf(arena, "the port %u", c->port);
	}
	/* The address key names it although its code is of another language. */
	return c->to != SERVICE_NONE || !is_local(c->host.text) || *c->env || *grpc;
}

/* A key of an address whose service is known and that no client was seen to use. */
static void from_keys(struct found *item, uint32_t count, uint32_t self, struct arena *arena)
{
	struct found *f = &item[self];

	for (uint32_t i = 0; i < f->s.nenvs; i++) {
		const struct service_env *e = &f->s.env[i];
		uint32_t to = match_plain(item, count, match_key_name(e->key, arena), arena);
		bool known = to == SERVICE_NONE || to == self;

		for (uint32_t k = 0; k < f->s.ncalls && !known; k++)
			known = !strcmp(f->s.call[k].env, e->key) || f->s.call[k].to == to;
		if (known)
			continue;
		GROW(arena, f->s.call, f->s.ncalls, f->call_cap);
		f->s.call[f->s.ncalls++] = (struct service_call){
			.to = to, .host = { .text = "" }, .env = e->key, .client = "",
			.reason = arena_printf(arena, "the address key %s", e->key), .at = e->at,
		};
	}
}

void calls_match(struct found *item, uint32_t count, struct arena *arena, uint32_t *unresolved)
{
	for (uint32_t i = 0; i < count; i++) {
		struct service *s = &item[i].s;
		uint32_t *to = arena_array(arena, uint32_t, (size_t)s->ncalls + 1), n = 0;

		for (uint32_t k = 0; k < s->ncalls; k++) {
			struct service_call c = s->call[k];

			to[k] = MATCH_DROPPED;
			if (!match(item, count, i, &c, arena))
				continue;
			*unresolved += c.to == SERVICE_NONE && !*c.host.text && !*c.env;
			to[k] = c.to;
			s->call[n++] = c;
		}
		s->ncalls = n;
		guards_match(item, count, i, to, arena);
		from_keys(item, count, i, arena);
	}
}
