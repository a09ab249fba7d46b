/* SPDX-License-Identifier: MIT */
/*
 * manifest_guards.c - what guards calls in the code, as fields of the mesh.  Each caller
 * has a proxy of its own: of several values the largest is the one that harms nobody.
 */
#include "base/text.h"
#include "templates/manifest_work.h"

#include <string.h>

#define ANY "any library"

enum field { EJECT, INTERVAL, ERRORS, REQUESTS, TIMEOUT, ATTEMPTS, RETRIES, FIELDS, LOST, NOTHING };

static const struct { const char *library, *key; enum field field; const char *lost; } rows[] = {
#define GUARD(library, key, field, lost) { library, key, field, lost },
#define NO_GUARD(library, key) { library, key, NOTHING, "" },
#include "templates/mesh_guards.def"
#undef GUARD
#undef NO_GUARD
};

static const struct { const char *group, *name; bool time; } fields[FIELDS] = {
	[EJECT] = { "outlier", "baseEjectionTime", true },
	[INTERVAL] = { "outlier", "interval", true },
	[ERRORS] = { "outlier", "consecutive5xxErrors", false },
	[REQUESTS] = { "pool", "http2MaxRequests", false },
	[TIMEOUT] = { "timeout", "timeout", true },
	[ATTEMPTS] = { "retries", "attempts", false },
	[RETRIES] = { "retries", "attempts", false },
};

struct sum {
	int64_t value[FIELDS];
	struct json *from[FIELDS], *lost;
	struct json *unfit, *fails, *rest;      /* for those who have no breakers; for nginx */
	bool retries;
};

static size_t row_of(const char *library, const char *key)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if ((!strcmp(rows[i].library, ANY) ||
		     !strncmp(library, rows[i].library, strlen(rows[i].library))) &&
		    !strcmp(rows[i].key, key))
			break;
	return i;
}

/* "hystrix-go SleepWindow 5000, internal/pay/client.go:31" */
static const char *words_of(const struct maker *m, const struct service_guard *g,
			    const struct service_setting *s)
{
	const char *literal = text_escape(m->arena, s->literal);

	return arena_printf(m->arena, "%s %s %s, %s", g->library, text_escape(m->arena, s->key),
			    text_cut(m->arena, literal, 40), manifest_from(m, &s->at));
}

static void lose(struct maker *m, struct sum *sum, const char *words, const char *why)
{
	json_push_text(sum->lost, arena_printf(m->arena, "%s%s", words, why));
	m->lost++;
}

static void add_setting(struct maker *m, struct sum *sum, const struct service_guard *g,
			const struct service_setting *s)
{
	size_t row = row_of(g->library, s->key);
	const char *words = words_of(m, g, s);
	int64_t least = row < ARRAY_SIZE(rows) && rows[row].field == RETRIES ? 0 : 1;
	enum field f;

	if (row == ARRAY_SIZE(rows)) {
		lose(m, sum, words, ": it has no counterpart");
		return;
	}
	f = rows[row].field;
	if (f == NOTHING)
		return;
	if (f == LOST) {
		lose(m, sum, words, rows[row].lost);
		return;
	}
	if (s->value < least || s->value > INT32_MAX) {
		lose(m, sum, words, ": its value is not known here");
		return;
	}
	if (f <= REQUESTS) {
		json_push_text(sum->unfit, words);
		json_push_text(f == EJECT || f == ERRORS ? sum->fails : sum->rest, words);
	}
	if (s->value > sum->value[f])
		sum->value[f] = s->value;
	json_push_text(sum->from[f], arena_printf(m->arena, "%s%s", words, rows[row].lost));
}

/* A value without a unit is one that Gateway API's and Istio's patterns both take. */
static const char *duration(const struct maker *m, int64_t ms)
{
	if (ms % 1000 == 0)
		return arena_printf(m->arena, "%llds", (long long)(ms / 1000));
	if (ms < 100000)
		return arena_printf(m->arena, "%lldms", (long long)ms);
	return arena_printf(m->arena, "%llds%lldms", (long long)(ms / 1000),
			    (long long)(ms % 1000));
}

static struct json *field_view(const struct maker *m, struct sum *sum, enum field f)
{
	struct json *o = json_object();

	json_set_text(o, "field", fields[f].name);
	if (fields[f].time)
		json_set_text(o, "value", duration(m, sum->value[f]));
	else
		json_set_int(o, "value", sum->value[f]);
	json_set(o, "from", sum->from[f]);
	sum->from[f] = NULL;
	return o;
}

/* How often the code itself tries, in all; 0 = it does not, or not so that one could tell. */
static int64_t tries(const struct sum *s)
{
	int64_t again = s->value[RETRIES] >= 0 ? s->value[RETRIES] : 0;
	int64_t in_all = s->value[ATTEMPTS] > 0 ? s->value[ATTEMPTS] - 1 : 0;

	return again > in_all ? again : in_all;
}

/*
 * Istio tries twice again unless told; where the code tries again too, every request could
 * come (1 + n) * (1 + 2) times.
 */
static void put_retries(const struct maker *m, const struct sum *sum, struct json *o)
{
	struct json *r = json_object(), *from = json_array();
	int64_t n = tries(sum);

	json_push_text(from, n ?
		       arena_printf(m->arena, "The callers' code tries %lld times again itself; "
				    "with the mesh's own 2 these would multiply.", (long long)n) :
		       "The callers' code tries again itself; with the mesh's own 2 that would "
		       "multiply.");
	json_push_text(from, n ?
		       arena_printf(m->arena, "When it no longer does: attempts: %lld",
				    (long long)n) : "When it no longer does, set it here.");
	json_set(r, "from", from);
	json_set_int(r, "attempts", 0);
	json_set(o, "retries", r);
}

static void put_fields(const struct maker *m, struct sum *sum, struct json *o)
{
	struct json *outlier = json_array(), *pool = json_array();
	bool has_outlier = false, has_pool = false;

	for (enum field f = EJECT; f <= ERRORS; f++)
		if (sum->value[f] > 0) {
			json_push(outlier, field_view(m, sum, f));
			has_outlier = true;
		}
	if (sum->value[REQUESTS] > 0) {
		json_push(pool, field_view(m, sum, REQUESTS));
		has_pool = true;
	}
	if (sum->value[TIMEOUT] > 0) {
		struct json *t = field_view(m, sum, TIMEOUT);

		json_set(o, "timeout", t);
	}
	if (sum->retries)
		put_retries(m, sum, o);
	json_set_bool(o, "has_outlier", has_outlier);
	json_set_bool(o, "has_pool", has_pool);
	json_set_bool(o, "has_policy", has_outlier || has_pool);
	json_set(o, "outlier", outlier);
	json_set(o, "pool", pool);
	/* nginx counts failures and waits with one number for both. */
	const char *fails = "";

	if (sum->value[ERRORS] > 0)
		fails = arena_printf(m->arena, " max_fails=%lld", (long long)sum->value[ERRORS]);
	if (sum->value[EJECT] > 0)
		fails = arena_printf(m->arena, "%s fail_timeout=%s", fails,
				     duration(m, sum->value[EJECT]));
	json_set_text(o, "fails", fails);
}

/*
 * Does it guard calls of `owner` to this service?  Where the code does not tell, by its name,
 * or because the owner calls nobody else.
 */
static bool guards_calls_to(const struct maker *m, uint32_t owner, const struct service_guard *g,
			    uint32_t service)
{
	const struct service *s = &m->s->service[owner];
	bool calls = false;

	if (g->to != SERVICE_NONE || g->outside)
		return g->to == service;
	if (*g->name && services_get(m->s, g->name))
		return !strcmp(g->name, m->s->service[service].name);
	for (uint32_t i = 0; i < s->ncalls; i++) {
		if (s->call[i].to != service)
			return false;
		calls = true;
	}
	return calls && owner != service;
}

uint32_t manifest_untold(const struct maker *m)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->s->count; i++)
		for (uint32_t k = 0; manifest_wanted(m, i) && k < m->s->service[i].nguards; k++) {
			bool told = m->s->service[i].guard[k].outside;

			for (uint32_t to = 0; to < m->s->count; to++)
				told = told ||
				       guards_calls_to(m, i, &m->s->service[i].guard[k], to);
			n += !told;
		}
	return n;
}

void manifest_guards(struct maker *m, uint32_t service, struct json *o)
{
	struct sum sum = {
		.lost = json_array(), .unfit = json_array(), .fails = json_array(),
		.rest = json_array(),
	};

	for (enum field f = 0; f < FIELDS; f++) {
		sum.value[f] = -1;
		sum.from[f] = json_array();
	}
	for (uint32_t i = 0; i < m->s->count; i++)
		for (uint32_t k = 0; k < m->s->service[i].nguards; k++) {
			const struct service_guard *g = &m->s->service[i].guard[k];

			if (!guards_calls_to(m, i, g, service))
				continue;
			sum.retries = sum.retries || !strcmp(g->kind, "retry");
			for (uint32_t n = 0; n < g->nsettings; n++)
				add_setting(m, &sum, g, &g->setting[n]);
		}
	put_fields(m, &sum, o);
	json_set(o, "lost", sum.lost);
	json_set(o, "unfit", sum.unfit);
	json_set(o, "fails_from", sum.fails);
	json_set(o, "unfit_nginx", sum.rest);
	for (enum field f = 0; f < FIELDS; f++)
		json_free(sum.from[f]);
}
