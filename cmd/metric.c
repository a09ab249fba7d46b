/* SPDX-License-Identifier: MIT */
/* metric.c - the rows of metrics.def, and finding one. */
#include "cmd/metric.h"

const struct metric metric_rows[METRIC_COUNT] = {
#define METRIC(ident, scope_, id_, name_, unit_, formula_, source_, meaning_) \
	[ident] = { .scope = METRIC_OF_##scope_, .id = id_, .name = name_, .unit = unit_, \
		    .formula = formula_, .source = source_, .meaning = meaning_ },
#include "cmd/metrics.def"
#undef METRIC
};

static const struct { const char *of, *shown; } scopes[] = {
	[METRIC_OF_NODE] = { "node", "meshctl metrics packages: a column" },
	[METRIC_OF_GRAPH] = { "graph", "meshctl metrics packages: a total, below the table" },
	[METRIC_OF_FUNCTION] = { "function", "meshctl metrics functions" },
};

const char *metric_shown(const struct metric *m)
{
	return scopes[m->scope].shown;
}

const char *metric_of(const struct metric *m)
{
	return scopes[m->scope].of;
}

bool metric_is_share(const struct metric *m)
{
	return m == &metric_rows[METRIC_I] || metric_needs_bodies(m);
}

bool metric_needs_bodies(const struct metric *m)
{
	return m == &metric_rows[METRIC_A] || m == &metric_rows[METRIC_D];
}

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '-' ? ' ' : c;
}

static bool same(const char *a, const char *b)
{
	for (; *a && folded(*a) == folded(*b); a++)
		b++;
	return !*a && !*b;
}

const struct metric *metric_find(const char *text)
{
	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (same(metric_rows[i].id, text) || same(metric_rows[i].name, text))
			return &metric_rows[i];
	return NULL;
}
