/* SPDX-License-Identifier: MIT */
/*
 * headers.c - what could not be read and is therefore not judged: files without
 * a package clause or imports that make sense, and folders that stay closed.
 */
#include "analyzers/analyzer.h"

#include <string.h>

static const char *identity(const struct source *s, dir_id dir)
{
	const char *path = sym_text(s->syms, s->dir[dir.v].path);

	return *path ? path : ".";
}

static const char *what(uint32_t flags)
{
	if (flags & FILE_UNREADABLE)
		return "the file cannot be read";
	if (flags & FILE_DEGRADED)
		return "the imports cannot be read";
	return "the build constraint is an error";
}

static void report_file(const struct analysis *a, uint32_t f)
{
	const struct source *s = a->source;
	const struct go_file *file = &s->file[f];
	const char *path = source_file_path(s, (file_id){ f }, a->scratch);
	const char *reason = file->problem.v ? sym_text(s->syms, file->problem) : "unknown reason";

	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[RULE_UNREADABLE],
		.severity = rule_rows[RULE_UNREADABLE].severity,
		.at = { sym_from(s->syms, path), file->problem_line, file->problem_col, 0 },
		.from = identity(s, file->dir), .to = "", .symbol = sym_text(s->syms, file->name),
		.message = arena_printf(a->scratch, "%s: %s", what(file->flags), reason),
	});
}

static void report_folder(const struct analysis *a, const struct source_problem *p)
{
	const char *path = sym_text(a->source->syms, p->at.path);

	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[RULE_UNREADABLE],
		.severity = rule_rows[RULE_UNREADABLE].severity,
		.at = p->at, .from = *path ? path : ".", .to = "", .symbol = "",
		.message = arena_printf(a->scratch, "the folder cannot be read: %s",
					sym_text(a->source->syms, p->text)),
		.fix = "Give the user who runs meshctl the right to read the folder.",
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct source *s = a->source;

	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (!(s->dir[file->dir.v].flags & DIR_REPORTED) || (file->flags & FILE_HIDDEN))
			continue;
		++*ret_judged;
		if (file->flags & (FILE_DEGRADED | FILE_UNREADABLE | FILE_BAD_BUILD))
			report_file(a, f);
	}
	/* A closed folder may hold anything, so it is told whatever PATTERN asks for. */
	for (uint32_t i = 0; i < s->nproblems; i++)
		if (s->problem[i].kind == PROBLEM_DIR)
			report_folder(a, &s->problem[i]);
	return 0;
}

static const enum rule_id rules[] = { RULE_UNREADABLE };

const struct analyzer analyzer_headers = {
	.name = "headers", .summary = "files and folders that cannot be read",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
