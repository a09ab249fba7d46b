/* SPDX-License-Identifier: MIT */
/* guard_config.c - retries and timeouts in the service configuration of a gRPC connection. */
#include "analyzers/services/program.h"
#include "base/json_tree.h"

/* Members of a methodConfig that guard, and of its retryPolicy. */
static const char *const method_keys[] = { "timeout" };
static const char *const retry_keys[] = {
	"maxAttempts", "initialBackoff", "maxBackoff", "backoffMultiplier",
};

struct reading { struct program *p; struct service_guard *g; uint32_t cap; struct expr at; };

/* "1.5s" in milliseconds, 4 as it is; INT64_MIN = not known. */
static int64_t value_of(const char *s)
{
	int64_t whole = 0, part = 0, scale = 1000;
	const char *p = s;

	for (; *p >= '0' && *p <= '9'; p++)
		if (whole < INT32_MAX)
			whole = whole * 10 + (*p - '0');
	if (p == s)
		return INT64_MIN;
	if (!*p)
		return whole;
	if (*p == '.')
		for (p++; *p >= '0' && *p <= '9'; p++)
			if (scale > 1) {
				scale /= 10;
				part += scale * (*p - '0');
			}
	return strcmp(p, "s") ? INT64_MIN : whole * 1000 + part;
}

static bool add_keys(struct reading *r, const struct json *map, const char *const *keys, size_t n)
{
	struct arena *arena = r->p->eval.arena;
	char buf[JSON_NUMBER_BYTES];
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		const struct json *v = json_member(map, keys[i], strlen(keys[i]));
		const char *words = json_words(v, buf);

		if (json_type_of(v) != JSON_TEXT && json_type_of(v) != JSON_NUMBER)
			continue;
		GROW(arena, r->g->setting, r->g->nsettings, r->cap);
		r->g->setting[r->g->nsettings++] = (struct service_setting){
			.key = keys[i], .literal = arena_strdup(arena, words),
			.value = value_of(words), .at = place_of(r->p, r->at.file, r->at.node),
		};
		any = true;
	}
	return any;
}

bool guard_config(struct program *p, struct expr at, struct service_guard *g)
{
	struct reading r = { .p = p, .g = g, .at = at };
	struct err err = ERR_INIT;
	struct json *doc;
	const char *text = name_text(p, at);
	bool retries = false;

	if (!*text || json_parse(text, strlen(text), &doc, &err))
		return false;
	const struct json *list = json_member(doc, "methodConfig", strlen("methodConfig"));

	for (const struct json *m = json_type_of(list) == JSON_LIST ? json_first(list) : NULL; m;
	     m = json_next(m)) {
		const struct json *policy;

		if (json_type_of(m) != JSON_MAP)
			continue;
		add_keys(&r, m, method_keys, ARRAY_SIZE(method_keys));
		policy = json_member(m, "retryPolicy", strlen("retryPolicy"));
		if (json_type_of(policy) == JSON_MAP)
			retries |= add_keys(&r, policy, retry_keys, ARRAY_SIZE(retry_keys));
	}
	json_free(doc);
	g->kind = retries ? "retry" : "timeout";
	return g->nsettings;
}
