/* SPDX-License-Identifier: MIT */
/*
 * mixed.c - folders that are no package to Go: files that name different ones,
 * and test files that want cgo.
 */
#include "analyzers/circles.h"
#include "graph/source/package.h"

#include <string.h>

struct naming {                         /* as go/build goes through the files */
	const struct go_file *first;    /* the first one with a package name */
	size_t len;                     /* of that name, without "_test" of an external test */
	const struct go_file *other;    /* the first one that disagrees */
};

static const char *identity(const struct source *s, dir_id dir)
{
	const char *path = sym_text(s->syms, s->dir[dir.v].path);

	return *path ? path : ".";
}

static bool is_external_test(const struct go_file *f, const char *package)
{
	size_t len = strlen(package);

	return f->flags & FILE_TEST && len >= 5 && !strcmp(package + len - 5, "_test");
}

static void see(const struct source *s, const struct go_file *f, struct naming *n)
{
	const char *package = sym_text(s->syms, f->package);
	const char *name = n->first ? sym_text(s->syms, n->first->package) : "";
	size_t len = strlen(package);

	if (!len || !strcmp(package, "documentation"))
		return;
	if (is_external_test(f, package) && (n->len != len || memcmp(name, package, len)))
		len -= 5;
	if (!n->first) {
		n->first = f;
		n->len = len;
	} else if (!n->other && (n->len != len || memcmp(name, package, len))) {
		n->other = f;
	}
}

/* A file that is left out of the build, or whose head is broken, names nothing. */
static bool counts(const struct go_file *f, uint32_t config)
{
	return !(f->flags & (FILE_HIDDEN | FILE_UNREADABLE | FILE_BAD_BUILD | FILE_DEGRADED)) &&
	       f->configs >> config & 1;
}

static struct span place_of(const struct analysis *a, const struct go_file *f)
{
	const struct source *s = a->source;
	const char *path = source_file_path(s, (file_id){ (uint32_t)(f - s->file) }, a->scratch);

	return (struct span){ sym_from(s->syms, path), f->package_line, f->package_col, 0 };
}

static void report_mixed(const struct analysis *a, uint32_t d, const struct naming *n,
			 uint32_t configs)
{
	const struct source *s = a->source;
	const char *where = "", *first = sym_text(s->syms, n->first->package);
	const char *other = sym_text(s->syms, n->other->package);

	if (configs != (uint32_t)(((uint64_t)1 << s->nconfigs) - 1))
		where = arena_printf(a->scratch, " on %s", config_names(s, configs, a->scratch));
	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[RULE_MIXED_PACKAGES],
		.severity = rule_rows[RULE_MIXED_PACKAGES].severity,
		.at = place_of(a, n->other), .from = identity(s, (dir_id){ d }), .to = "",
		.symbol = arena_printf(a->scratch, "%s %s", first, other),
		.message = arena_printf(a->scratch,
					"'%s' holds the packages '%s' (%s) and '%s' (%s)%s",
					identity(s, (dir_id){ d }), first,
					sym_text(s->syms, n->first->name), other,
					sym_text(s->syms, n->other->name), where),
	});
}

/* One finding a folder: the first pair that disagrees, and where any does. */
static void judge_names(const struct analysis *a, uint32_t d)
{
	const struct source *s = a->source;
	const struct go_dir *dir = &s->dir[d];
	struct naming found = { .first = NULL };
	uint32_t configs = 0;

	for (uint32_t c = 0; c < s->nconfigs; c++) {
		struct naming n = { .first = NULL };

		for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++)
			if (counts(&s->file[f], c))
				see(s, &s->file[f], &n);
		if (!n.other)
			continue;
		configs |= 1u << c;
		if (!found.other)
			found = n;
	}
	if (found.other)
		report_mixed(a, d, &found, configs);
}

static void judge_cgo(const struct analysis *a, uint32_t d, const struct go_file *f)
{
	const struct source *s = a->source;
	const char *name = sym_text(s->syms, f->name);
	struct span at = place_of(a, f);

	for (uint32_t i = f->import_first; i < f->import_first + f->nimports; i++) {
		const struct go_import *import = &s->import[i];

		if (!(import->flags & IMPORT_C))
			continue;
		at = (struct span){ at.path, import->line, import->col, import->end_col };
		break;
	}
	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[RULE_CGO_IN_TEST],
		.severity = rule_rows[RULE_CGO_IN_TEST].severity,
		.at = at, .from = identity(s, (dir_id){ d }), .to = "", .symbol = name,
		.message = arena_printf(a->scratch,
					"the test file '%s' of '%s' imports \"C\"", name,
					identity(s, (dir_id){ d })),
	});
}

static bool is_package_file(const struct source *s, const struct go_file *f)
{
	for (uint32_t c = 0; c < s->nconfigs; c++)
		if (counts(f, c))
			return strcmp(sym_text(s->syms, f->package), "documentation");
	return false;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct source *s = a->source;

	for (uint32_t d = 0; d < s->ndirs; d++) {
		const struct go_dir *dir = &s->dir[d];

		if (!(dir->flags & DIR_REPORTED) || !dir->nfiles)
			continue;
		++*ret_judged;
		judge_names(a, d);
		for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++) {
			const struct go_file *file = &s->file[f];

			if ((file->flags & FILE_TEST) && (file->flags & FILE_CGO) &&
			    is_package_file(s, file))
				judge_cgo(a, d, file);
		}
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_MIXED_PACKAGES, RULE_CGO_IN_TEST };

const struct analyzer analyzer_mixed = {
	.name = "mixed", .summary = "folders that Go does not take as one package",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
