/* SPDX-License-Identifier: MIT */
/* match_guards.c - whose calls a guard guards: by the calls that it stands around, or its name. */
#include "analyzers/services/match.h"
#include "analyzers/services/service_name.h"

struct matching {
	struct found *item;
	uint32_t count, self;
	const uint32_t *to;             /* of each call as it was found */
	struct arena *arena;
	bool *unclear;                  /* [nuses] several guards of a kind around several calls */
	struct service_guard *guard;
	uint32_t n, cap;
};

/* Does the program call it at all? */
static bool is_called(const struct matching *m, uint32_t service)
{
	const struct service *s = &m->item[m->self].s;

	for (uint32_t i = 0; i < s->ncalls; i++)
		if (s->call[i].to == service)
			return true;
	return false;
}

/*
 * "orders", "/orders.v1.Orders/Get", "http://orders/x", "GET:http://orders/x"; "orders.get"
 * and "orders-get" where the program calls orders.
 */
static uint32_t named(const struct matching *m, const char *name)
{
	const char *at = strstr(name, "://");
	size_t len = strcspn(name, "./:_-");
	uint32_t to;

	if (at) {
		at += 3;
		return match_host(m->item, m->count,
				  arena_strndup(m->arena, at, strcspn(at, ":/?")), m->arena);
	}
	if (*name == '/' && (at = strchr(name + 1, '/')))
		return match_grpc(m->item, m->count, m->self,
				  arena_strndup(m->arena, name + 1, (size_t)(at - name - 1)),
				  SERVICE_NONE);
	to = match_plain(m->item, m->count, service_name_plain(name, m->arena), m->arena);
	if (to != SERVICE_NONE || !name[len] || !len)
		return to;
	to = match_plain(m->item, m->count,
			 service_name_plain(arena_strndup(m->arena, name, len), m->arena),
			 m->arena);
	return to != SERVICE_NONE && is_called(m, to) ? to : SERVICE_NONE;
}

/* Which of several clients it is that calls which of several services, no text tells. */
static void find_unclear(struct matching *m)
{
	const struct found *f = &m->item[m->self];

	for (uint32_t i = 0, end; i < f->nties; i = end) {
		bool guards = false, targets = false;

		for (end = i; end < f->nties && f->tie[end].use == f->tie[i].use; end++) {
			const struct guard_tie *a = &f->tie[i], *b = &f->tie[end];

			guards |= a->guard != b->guard &&
				  f->guard_site[a->guard].row == f->guard_site[b->guard].row;
			targets |= m->to[a->call] != m->to[b->call];
		}
		m->unclear[f->tie[i].use] = guards && targets;
	}
}

static void keep(struct matching *m, const struct service_guard *g, uint32_t to, bool outside,
		 const char *reason)
{
	GROW(m->arena, m->guard, m->n, m->cap);
	m->guard[m->n] = *g;
	m->guard[m->n].to = to;
	m->guard[m->n].outside = outside;
	m->guard[m->n++].reason = reason;
}

static const char *by_calls(const struct matching *m, const struct guard_tie *t)
{
	const struct service_place *at = &m->item[m->self].use[t->use];

	return arena_printf(m->arena, "the calls at %s:%u", at->path, at->line);
}

/* One guard for each service whose calls it stands around. */
static void match_guard(struct matching *m, uint32_t index)
{
	const struct found *f = &m->item[m->self];
	const struct service_guard *g = &f->s.guard[index];
	uint32_t by_name = *g->name ? named(m, g->name) : SERVICE_NONE;
	const struct guard_tie *outside = NULL, *unclear = NULL;
	uint32_t first = m->n;

	if (by_name != SERVICE_NONE && by_name != m->self) {
		keep(m, g, by_name, false, arena_printf(m->arena, "the name %s", g->name));
		return;
	}
	for (uint32_t i = 0; i < f->nties; i++) {
		const struct guard_tie *t = &f->tie[i];
		uint32_t to = m->to[t->call], k;

		if (t->guard != index || to == MATCH_DROPPED)
			continue;
		if (m->unclear[t->use]) {
			unclear = t;
			continue;
		}
		if (to == SERVICE_NONE || to == m->self) {
			outside = outside ? outside : t;
			continue;
		}
		for (k = first; k < m->n && m->guard[k].to != to; k++)
			;
		if (k == m->n)
			keep(m, g, to, false, by_calls(m, t));
	}
	if (m->n > first)
		return;
	if (unclear)
		keep(m, g, SERVICE_NONE, false, arena_printf(m->arena,
		     "several like it and calls to several services meet in %s",
		     by_calls(m, unclear)));
	else if (outside)
		keep(m, g, SERVICE_NONE, true, arena_printf(m->arena,
		     "%s go to none of the services", by_calls(m, outside)));
	else
		keep(m, g, SERVICE_NONE, false, "no call is seen that it stands around");
}

void guards_match(struct found *item, uint32_t count, uint32_t self, const uint32_t *to,
		  struct arena *arena)
{
	struct found *f = &item[self];
	struct matching m = {
		.item = item, .count = count, .self = self, .to = to, .arena = arena,
		.unclear = arena_array(arena, bool, (size_t)f->nuses + 1),
	};

	find_unclear(&m);
	for (uint32_t i = 0; i < f->s.nguards; i++)
		match_guard(&m, i);
	f->s.guard = m.guard;
	f->s.nguards = m.n;
}
