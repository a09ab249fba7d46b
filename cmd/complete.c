/* SPDX-License-Identifier: MIT */
/* complete.c - what completes a value, by its metavar. */
#include "cmd/complete.h"
#include "analyzers/tactic.h"

#include "analyzers/policy/rule.h"
#include "analyzers/trend.h"
#include "cmd/metric.h"

#include <string.h>

const struct shell shells[] = {
	{ "bash", complete_bash },
	{ "zsh", complete_zsh },
	{ "fish", complete_fish },
};
const unsigned nshells = ARRAY_SIZE(shells);

static const struct { const char *command, *task; } tasks[] = {
#define ADR(name) { "adr", #name },
#include "cmd/adrs.def"
#undef ADR
#define MESH(name) { "mesh", #name },
#include "cmd/meshes.def"
#undef MESH
#define SETUP(name) { "setup", #name },
#include "cmd/setups.def"
#undef SETUP
};

enum words_from { GIVEN, TASKS, RULES, THINGS, METRICS, TRENDS, FORMATS, SHELLS };

static const struct {
	const char *metavar;
	enum complete_kind kind;
	enum words_from from;
	const char *words;
} rows[] = {
	{ "DIR", COMPLETE_DIRS, GIVEN, NULL },
	{ "FILE", COMPLETE_FILES, GIVEN, NULL },
	{ "PATTERN", COMPLETE_DIRS, GIVEN, NULL },
	{ "FROM", COMPLETE_DIRS, GIVEN, NULL },
	{ "NODE", COMPLETE_DIRS, GIVEN, NULL },
	{ "GROUPS", COMPLETE_WORDS, GIVEN, "dir:1 dir:2 dir:3 module layer context none" },
	{ "PART", COMPLETE_WORDS, GIVEN, "cycles cut violations" },
	{ "ACTION", COMPLETE_WORDS, GIVEN, "check print schema import" },
	{ "WHAT", COMPLETE_WORDS, GIVEN, "packages functions" },
	{ "METRIC", COMPLETE_WORDS, METRICS, "name" },
	{ "REV", COMPLETE_REVS, GIVEN, NULL },
	{ "BASE", COMPLETE_REVS, GIVEN, NULL },
	{ "HEAD", COMPLETE_REVS, GIVEN, NULL },
	{ "FMT[:PATH]", COMPLETE_FORMAT, FORMATS, NULL },
	{ "THING", COMPLETE_WORDS, THINGS, NULL },
	{ "RULE,...", COMPLETE_LIST, RULES, NULL },
	{ "TOOL", COMPLETE_WORDS, TASKS, NULL },
	{ "SHELL", COMPLETE_WORDS, SHELLS, NULL },
	{ "LEVEL", COMPLETE_WORDS, GIVEN,
	  "package test dir:1 dir:2 dir:3 module layer context domain" },
	{ "GOOS/GOARCH", COMPLETE_WORDS, GIVEN,
	  "linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 "
	  "freebsd/amd64 js/wasm wasip1/wasm" },
	{ "TAG,...", COMPLETE_NOTHING, GIVEN, NULL },
	{ "VERSION", COMPLETE_NOTHING, GIVEN, NULL },
	{ "N", COMPLETE_NOTHING, GIVEN, NULL },
	{ "TOPIC", COMPLETE_WORDS, GIVEN, "hotspots coupling owners trend blame" },
	{ "STATUS", COMPLETE_WORDS, GIVEN, "proposed accepted rejected deprecated" },
	{ "FORMAT", COMPLETE_WORDS, GIVEN, "madr nygard log4brains yaml" },
	{ "RECORD", COMPLETE_NOTHING, GIVEN, NULL },
	{ "ORIGIN", COMPLETE_NOTHING, GIVEN, NULL },
	{ "TASK", COMPLETE_WORDS, TASKS, NULL },
	{ "TARGET", COMPLETE_WORDS, GIVEN, "istio gateway-api consul nginx" },
	{ "STAGE", COMPLETE_WORDS, GIVEN, "mono split mesh" },
	{ "N,...", COMPLETE_NOTHING, GIVEN, NULL },
	{ "ZONE", COMPLETE_NOTHING, GIVEN, NULL },
	{ "DATE", COMPLETE_NOTHING, GIVEN, NULL },
	{ "PERCENT", COMPLETE_WORDS, GIVEN, "30 50 60 80 100" },
	{ "SPAN", COMPLETE_WORDS, GIVEN, "1y 6m 3m 1m 2w 1w" },
	{ "SUBJECT", COMPLETE_WORDS, TRENDS, NULL },
	{ "TEXT", COMPLETE_NOTHING, GIVEN, NULL },
	{ "@TEAM", COMPLETE_NOTHING, GIVEN, NULL },
	{ "VERB", COMPLETE_WORDS, GIVEN, "status update add" },
};

static const char *join(struct arena *arena, const char *words, const char *word)
{
	return words ? arena_printf(arena, "%s %s", words, word) : word;
}

static const char *words_of(unsigned row, const struct command *c, struct arena *arena)
{
	const char *words = rows[row].words;

	switch (rows[row].from) {
	case GIVEN:
		break;
	case TASKS:
		for (unsigned i = 0; c && i < ARRAY_SIZE(tasks); i++)
			if (!strcmp(tasks[i].command, c->name))
				words = join(arena, words, tasks[i].task);
		break;
	case RULES:
	case THINGS:
		for (unsigned i = 0; i < RULE_COUNT; i++)
			words = join(arena, words, rule_rows[i].name);
		for (unsigned i = 0; i < METRIC_COUNT && rows[row].from == THINGS; i++)
			words = join(arena, words, metric_rows[i].id);
		for (unsigned i = 0; i < TACTIC_COUNT && rows[row].from == THINGS; i++)
			words = join(arena, words, tactic_rows[i].id);
		break;
	case METRICS:
		for (unsigned i = 0; i < METRIC_COUNT; i++)
			if (metric_rows[i].scope != METRIC_OF_GRAPH)
				words = join(arena, words, metric_rows[i].id);
		break;
	case TRENDS:
		for (unsigned i = 0; i < TREND_COUNT; i++)
			words = join(arena, words, trend_rows[i].id);
		break;
	case FORMATS:
		for (unsigned i = 0; c && c->formats && c->formats[i]; i++)
			words = join(arena, words, c->formats[i]);
		break;
	case SHELLS:
		for (unsigned i = 0; i < nshells; i++)
			words = join(arena, words, shells[i].name);
		break;
	}
	return words;
}

static unsigned row_of(const char *metavar, size_t len)
{
	unsigned i = 0;

	while (i < ARRAY_SIZE(rows) &&
	       (strncmp(rows[i].metavar, metavar, len) || rows[i].metavar[len]))
		i++;
	return i;
}

bool complete_knows(const char *metavar)
{
	return row_of(metavar, strlen(metavar)) < ARRAY_SIZE(rows);
}

static struct completion complete_metavar(const char *metavar, size_t len, const struct command *c,
					  struct arena *arena)
{
	unsigned row = row_of(metavar, len);

	if (row == ARRAY_SIZE(rows))
		return (struct completion){ COMPLETE_NOTHING, NULL };
	return (struct completion){ rows[row].kind, words_of(row, c, arena) };
}

struct completion complete_option(const struct opt *o, const struct command *c, struct arena *arena)
{
	const char *words = NULL;

	if (o->type == TYPE_BOOL)
		return (struct completion){ COMPLETE_NOTHING, NULL };
	if (!o->choices)
		return complete_metavar(o->metavar, strlen(o->metavar), c, arena);
	for (unsigned i = 0; o->choices[i]; i++)
		words = join(arena, words, o->choices[i]);
	return (struct completion){ COMPLETE_WORDS, words };
}

struct completion complete_operand(const struct command *c, struct arena *arena)
{
	const char *name = c->operands + strspn(c->operands, "[");

	return complete_metavar(name, strcspn(name, "] "), c, arena);
}
