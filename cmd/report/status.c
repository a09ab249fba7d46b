/* SPDX-License-Identifier: MIT */
/* status.c - the verdict on a run: no green without work. */
#include "analyzers/gate.h"
#include "base/text.h"
#include "cmd/report/report.h"

/* More broken headers than one in ten: the rest proves little. */
#define DEGRADED_PERCENT_MAX 10

static const char *unreadable_folder(const struct source *s, struct arena *arena)
{
	const char *first = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->nproblems; i++) {
		if (s->problem[i].kind != PROBLEM_DIR)
			continue;
		if (!n++)
			first = sym_text(s->syms, s->problem[i].at.path);
	}
	if (!n)
		return NULL;
	if (!*first)
		first = ".";
	return n == 1 ? arena_printf(arena, "the folder '%s' cannot be read", first) :
	       arena_printf(arena, "%u folders cannot be read, '%s' first", n, first);
}

static const char *limit_reached(const struct report *r, struct arena *arena)
{
	const struct source *s = r->source;

	for (uint32_t i = 0; i < s->nproblems; i++) {
		if (s->problem[i].kind != PROBLEM_LIMIT)
			continue;
		const char *path = sym_text(s->syms, s->problem[i].at.path);

		return arena_printf(arena, "a limit was reached at '%s': %s", *path ? path : ".",
				    sym_text(s->syms, s->problem[i].text));
	}
	if (r->findings && r->findings->dropped)
		return arena_printf(arena, "a limit was reached: %s left out",
				    text_count(arena, r->findings->dropped, "finding", "findings"));
	return NULL;
}

/* Without its path no import can be told to be inside; analyze says so in a finding. */
static const char *module_unknown(const struct report *r, struct arena *arena)
{
	const struct source *s = r->source;

	if (r->ran && r->ran->ran[RULE_BROKEN_GOMOD])
		return NULL;
	for (uint32_t m = 0; m < s->nmodules; m++)
		if (s->module[m].kind == MODULE_MOD && !*sym_text(s->syms, s->module[m].path))
			return arena_printf(arena, "'%s' names no module, see 'meshctl analyze'",
					    sym_text(s->syms, s->module[m].gomod_path));
	return NULL;
}

/*
 * Folders without a go.mod have the import paths below the src folder of a
 * GOPATH; where there is none, a path says nothing about where its package is.
 */
static const char *no_module(const struct report *r)
{
	const struct source *s = r->source;

	/* A command that makes no graph asks for no imports. */
	if (!r->graph)
		return NULL;
	for (uint32_t m = 0; m < s->nmodules; m++)
		if (s->module[m].kind == MODULE_MOD)
			return NULL;
	for (uint32_t d = 0; d < s->ndirs; d++)
		if (s->dir[d].nfiles && *sym_text(s->syms, s->dir[d].import_path) == '.')
			return "there is no go.mod: own packages cannot be told from foreign ones";
	return NULL;
}

static const char *nothing_read(const struct report *r)
{
	uint32_t asked = 0;

	if (!r->source->nfiles)
		return "there is no Go file";
	for (uint32_t d = 0; d < r->source->ndirs; d++)
		if (r->source->dir[d].flags & DIR_REPORTED)
			asked += r->source->dir[d].nfiles;
	if (!asked)
		return "there is no Go file where PATTERN points";
	/* What could not be read is the cause that too_degraded() tells. */
	if (r->graph && !r->graph->npkgs && r->source->stats.unreadable < r->source->nfiles)
		return "no Go file belongs to any of the build configurations";
	return NULL;
}

static const char *too_degraded(const struct report *r, struct arena *arena)
{
	const struct source_stats *st = &r->source->stats;
	uint64_t bad = (uint64_t)st->degraded + st->unreadable;

	if (bad * 100 <= (uint64_t)r->source->nfiles * DEGRADED_PERCENT_MAX)
		return NULL;
	return arena_printf(arena, "%s of %s cannot be read, more than %d %%",
			    text_number(arena, bad),
			    text_count(arena, r->source->nfiles, "header", "headers"),
			    DEGRADED_PERCENT_MAX);
}

enum exit_status report_failure(enum err_code code)
{
	return code == ERR_USAGE || code == ERR_CONFIG ? EXIT_USAGE : EXIT_INCOMPLETE;
}

enum exit_status report_status(const struct report *r, struct arena *arena, const char **ret_why)
{
	const char *why = r->beside_go ? NULL : nothing_read(r);

	if (!why)
		why = unreadable_folder(r->source, arena);
	if (!why)
		why = limit_reached(r, arena);
	if (!why && !r->beside_go)
		why = too_degraded(r, arena);
	if (!why && !r->beside_go)
		why = module_unknown(r, arena);
	if (!why && !r->beside_go)
		why = no_module(r);
	*ret_why = why;
	if (why)
		return EXIT_INCOMPLETE;
	if (r->gate)
		return r->gate->failed ? EXIT_FINDINGS : EXIT_CLEAN;
	if (r->fail_on == SEV_OFF || !r->findings)
		return EXIT_CLEAN;
	for (uint32_t i = 0; i < r->findings->count; i++)
		if (r->findings->item[i].severity >= r->fail_on)
			return EXIT_FINDINGS;
	return EXIT_CLEAN;
}
