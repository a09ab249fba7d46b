/* SPDX-License-Identifier: MIT */
/* order.c - the order of what was found, and what was found twice. */
#include "analyzers/services/services_work.h"

#define HEADLESS_MAX 20000u             /* each is compared with each */

static int by_number(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int by_place(const struct service_place *a, const struct service_place *b)
{
	int c = strcmp(a->path, b->path);

	c = c ? c : by_number(a->line, b->line);
	return c ? c : by_number(a->col, b->col);
}

static int ports(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct service_port *a = va, *b = vb;
	int c = by_number(a->number, b->number);

	c = c ? c : strcmp(a->name, b->name);
	c = c ? c : (int)a->protocol - (int)b->protocol;
	return c ? c : by_place(&a->at, &b->at);
}

static int routes(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct service_route *a = va, *b = vb;
	int c = strcmp(a->path.text, b->path.text);

	c = c ? c : a->path.head - b->path.head;
	c = c ? c : strcmp(a->method, b->method);
	return c ? c : by_place(&a->at, &b->at);
}

static int envs(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct service_env *a = va, *b = vb;

	return strcmp(a->key, b->key);
}

static int calls(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct service_call *a = va, *b = vb;
	int c = by_number(a->to, b->to);

	c = c ? c : by_place(&a->at, &b->at);
	c = c ? c : strcmp(a->env, b->env);
	return c ? c : strcmp(a->host.text, b->host.text);
}

static int guards(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct service_guard *a = va, *b = vb;
	int c = by_place(&a->at, &b->at);

	c = c ? c : strcmp(a->name, b->name);
	return c ? c : by_number(a->to, b->to);
}

static int discoveries(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct service_discovery *a = va, *b = vb;
	int c = by_place(&a->at, &b->at);

	return c ? c : strcmp(a->name.text, b->name.text);
}

/* Sorts; of those that compare equal the first stays. */
#define ORDER(list, count, compare) \
	do { \
		uint32_t kept = 0; \
		sort_with((list), (count), sizeof(*(list)), (compare), NULL); \
		for (uint32_t i = 0; i < (count); i++) \
			if (!kept || compare(&(list)[kept - 1], &(list)[i], NULL)) \
				(list)[kept++] = (list)[i]; \
		(count) = kept; \
	} while (0)

/* A route of which the beginning is known at one way to it needs no other. */
static void drop_headless(struct service *s)
{
	uint32_t n = 0;

	if (s->nroutes > HEADLESS_MAX)
		return;
	for (uint32_t i = 0; i < s->nroutes; i++) {
		bool better = false;

		for (uint32_t k = 0; s->route[i].path.head && k < s->nroutes && !better; k++)
			better = !s->route[k].path.head &&
				 !by_place(&s->route[i].at, &s->route[k].at);
		if (!better)
			s->route[n++] = s->route[i];
	}
	s->nroutes = n;
}

void services_order(struct found *item, uint32_t count)
{
	for (uint32_t k = 0; k < count; k++) {
		struct service *s = &item[k].s;

		ORDER(s->port, s->nports, ports);
		drop_headless(s);
		ORDER(s->route, s->nroutes, routes);
		ORDER(s->env, s->nenvs, envs);
		ORDER(s->call, s->ncalls, calls);
		ORDER(s->guard, s->nguards, guards);
		ORDER(s->discovery, s->ndiscoveries, discoveries);
	}
}
