/* SPDX-License-Identifier: MIT */
/*
 * imports.c - imports that Go refuses to build: of another tree's internal
 * package, of a program, of a package that is not there, by a path that no
 * module may write.
 */
#include "analyzers/analyzer.h"
#include "analyzers/importpath.h"
#include "analyzers/internal.h"
#include "analyzers/known.h"
#include "analyzers/nearest.h"
#include "analyzers/std.h"
#include "graph/source/package.h"

#include <string.h>

struct part {                           /* what a file takes part in */
	uint32_t configs;               /* where it belongs to a package */
	bool xtest;
};

struct target {                         /* what others would import from a folder */
	uint32_t built, main;           /* configurations with files; where it is package main */
	bool doubtful;                  /* files in it were not read: it may be anything */
};

struct judge {
	const struct analysis *a;
	const struct source *s;
	struct part *part;              /* [nfiles] */
	struct target *target;          /* [ndirs] */
	uint32_t *own, *xtest;          /* [ndirs] nodes, ID_NONE where there is none */
	struct known_paths known;
	bool *good;                     /* [syms.count] import paths that may be written so */
	uint32_t searches;
	uint64_t judged;
};

struct case_of {                        /* one import that is looked at */
	file_id file;
	dir_id from;
	const struct go_import *import;
	const char *importer;           /* identity */
	struct resolved r;
};

static void learn_roles(struct judge *j, uint32_t d, uint32_t config, const struct go_package *p)
{
	const struct go_dir *dir = &j->s->dir[d];
	struct target *t = &j->target[d];

	if (p->count[ROLE_GO] + p->count[ROLE_CGO])
		t->built |= 1u << config;
	if (p->name.v && !strcmp(sym_text(j->s->syms, p->name), "main"))
		t->main |= 1u << config;
	for (uint32_t f = 0; f < dir->nfiles; f++) {
		if (p->role[f] == ROLE_NONE || p->role[f] == ROLE_IGNORED)
			continue;
		j->part[dir->file_first + f].configs |= 1u << config;
		j->part[dir->file_first + f].xtest |= p->role[f] == ROLE_XTEST;
	}
}

static void learn(struct judge *j)
{
	const struct source *s = j->s;
	const uint32_t bad = FILE_DEGRADED | FILE_UNREADABLE | FILE_BAD_BUILD;
	struct arena scratch = ARENA_INIT;

	j->part = arena_array(j->a->scratch, struct part, s->nfiles);
	j->good = arena_array(j->a->scratch, bool, s->syms->count);
	j->target = arena_array(j->a->scratch, struct target, s->ndirs);
	j->own = arena_array(j->a->scratch, uint32_t, s->ndirs);
	j->xtest = arena_array(j->a->scratch, uint32_t, s->ndirs);
	for (uint32_t d = 0; d < s->ndirs; d++) {
		const struct go_dir *dir = &s->dir[d];

		j->own[d] = j->xtest[d] = ID_NONE;
		j->target[d].doubtful = (dir->flags & (DIR_VENDORED | DIR_EXCLUDED)) != 0;
		for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++)
			j->target[d].doubtful |= (s->file[f].flags & bad) != 0;
		for (uint32_t c = 0; dir->nfiles && c < s->nconfigs; c++) {
			struct go_package p;

			package_classify(s, (dir_id){ d }, c, &scratch, &p);
			learn_roles(j, d, c, &p);
			arena_reset(&scratch);
		}
	}
	arena_release(&scratch);
	for (uint32_t p = 0; p < j->a->graph->npkgs; p++) {
		bool xtest = (j->a->graph->flags[p] & NODE_XTEST) != 0;

		(xtest ? j->xtest : j->own)[j->a->graph->dir[p].v] = p;
	}
}

static const char *folder_name(const struct source *s, dir_id dir)
{
	const char *path = sym_text(s->syms, s->dir[dir.v].path);

	return *path ? path : ".";
}

struct words { const char *message, *why, *fix; };      /* NULL = the rule's own */

static void report(struct judge *j, const struct case_of *c, enum rule_id rule, const char *to,
		   struct words w)
{
	const struct go_import *i = c->import;
	const char *path = source_file_path(j->s, c->file, j->a->scratch);

	finding_add(j->a->findings, &(struct finding){
		.rule = &rule_rows[rule], .severity = rule_rows[rule].severity,
		.at = { sym_from(j->s->syms, path), i->line, i->col, i->end_col },
		.from = c->importer, .to = to, .symbol = sym_text(j->s->syms, i->path),
		.message = w.message, .why = w.why, .fix = w.fix,
	});
}

static void judge_internal(struct judge *j, const struct case_of *c)
{
	struct arena *a = j->a->scratch;
	const char *parent, *where, *path = sym_text(j->s->syms, c->import->path);
	size_t len;

	if (internal_allows(j->s, c->from, &c->r, &parent, &len))
		return;
	if (len)
		where = arena_printf(a, "packages below '%.*s'", (int)len, parent);
	else
		where = "Go's standard library";
	const char *to = c->r.kind == IMPORT_INTERNAL && c->r.dir.v != ID_NONE ?
			 folder_name(j->s, c->r.dir) : path;

	report(j, c, RULE_INTERNAL_IMPORT, to, (struct words){
		.message = arena_printf(a, "'%s' imports '%s', which only %s may import",
					c->importer, path, where),
	});
}

static void judge_main(struct judge *j, const struct case_of *c)
{
	const char *to = folder_name(j->s, c->r.dir);

	/* The external tests of a program may import it. */
	if (c->r.dir.v == c->from.v ||
	    !(j->target[c->r.dir.v].main & j->part[c->file.v].configs))
		return;
	report(j, c, RULE_MAIN_IMPORT, to, (struct words){
		.message = arena_printf(j->a->scratch,
					"'%s' imports '%s', which is a program (package main)",
					c->importer, sym_text(j->s->syms, c->import->path)),
	});
}

/* Where the package would be: the module's folder and the rest of the path. */
static const char *expected_folder(struct judge *j, const struct case_of *c)
{
	const struct source *s = j->s;
	const char *path = sym_text(s->syms, c->import->path);

	if (c->r.dir.v != ID_NONE)
		return folder_name(s, c->r.dir);
	if (c->r.module.v == ID_NONE)
		return path;
	const struct go_module *m = &s->module[c->r.module.v];
	const char *prefix = sym_text(s->syms, m->prefix), *base = sym_text(s->syms, m->folder);
	size_t len = strlen(prefix);

	/* A replaced module has another name than its go.mod says: keep the path then. */
	if (strncmp(path, prefix, len) || (len && path[len] && path[len] != '/'))
		return path;
	path += len;
	path += *path == '/';
	if (!*path)
		return *base ? base : ".";
	return *base ? arena_printf(j->a->scratch, "%s/%s", base, path) : path;
}

static const char *absence(const struct judge *j, const struct case_of *c)
{
	const struct go_dir *dir;
	bool only_tests = true;

	if (c->r.kind == IMPORT_MISSING || c->r.dir.v == ID_NONE)
		return "holds no Go package";
	dir = &j->s->dir[c->r.dir.v];
	for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++)
		only_tests &= (j->s->file[f].flags & (FILE_TEST | FILE_HIDDEN)) != 0;
	if (only_tests)
		return "holds test files only";
	return j->target[c->r.dir.v].built ? "holds no file that is built where the importer is" :
	       "holds no file that any of the configurations builds";
}

static void judge_missing(struct judge *j, const struct case_of *c)
{
	struct arena *a = j->a->scratch;
	const char *path = sym_text(j->s->syms, c->import->path), *near = NULL, *fix = NULL;
	const char *folder = expected_folder(j, c);

	/* One search for each place is enough: later ones are united with it. */
	if (c->r.module.v != ID_NONE && j->searches < NEAREST_SEARCHES) {
		j->searches++;
		near = nearest_package(j->s, c->r.module, path);
	}
	if (near)
		fix = arena_printf(a, "Did you mean '%s'? %s", near,
				   rule_rows[RULE_MISSING_PACKAGE].fix);
	report(j, c, RULE_MISSING_PACKAGE, folder, (struct words){
		.message = arena_printf(a, "'%s' imports '%s', but '%s' %s", c->importer, path,
					folder, absence(j, c)),
		.fix = fix,
	});
}

/* The place of the finding where there is no folder: the path itself. */
static void judge_unknown(struct judge *j, const struct case_of *c)
{
	struct arena *a = j->a->scratch;
	const char *path = sym_text(j->s->syms, c->import->path), *near = NULL;

	if (known_path(&j->known, c->from, path))
		return;
	if (!strncmp(path, "cmd/", 4)) {
		report(j, c, RULE_MAIN_IMPORT, path, (struct words){
			.message = arena_printf(a, "'%s' imports '%s', but below 'cmd' Go has "
						"programs only", c->importer, path),
			.fix = "Remove the import: programs are run (go tool), not imported.",
		});
		return;
	}
	if (j->searches < NEAREST_SEARCHES) {
		j->searches++;
		near = nearest_ending(j->s, j->s->dir[c->from.v].module, path);
		near = near ? near : std_nearest(path);
	}
	report(j, c, RULE_MISSING_PACKAGE, path, (struct words){
		.message = arena_printf(a, "'%s' imports '%s', which is neither in Go's standard "
					"library nor in a module that is known here",
					c->importer, path),
		.why = "A path whose first element has no dot belongs to Go's standard library, "
		       "unless go.mod names a module of that path. Go refuses to build the "
		       "importer. The usual cause is an import without the module's name.",
		.fix = near ? arena_printf(a, "Did you mean '%s'?", near) :
		       "Write the module path in front of the folder, or require the module that "
		       "has the package.",
	});
}

static void judge_std(struct judge *j, const struct case_of *c)
{
	const char *path = sym_text(j->s->syms, c->import->path);
	const char *parent;
	size_t len;

	if (!internal_allows(j->s, c->from, &c->r, &parent, &len))
		judge_internal(j, c);
	else if (!std_has(path) && known_all(&j->known, c->from))
		judge_unknown(j, c);
}

/* True where Go looks no further, because of the text of the path. */
static bool judge_path(struct judge *j, const struct case_of *c)
{
	const char *path = sym_text(j->s->syms, c->import->path), *fault, *fix;
	struct arena *a = j->a->scratch;

	if (!known_is_module(&j->known, c->from) || j->good[c->import->path.v])
		return false;
	fault = import_path_fault(path, a, &fix);
	j->good[c->import->path.v] = !fault;
	if (fault)
		report(j, c, RULE_BAD_PATH, path, (struct words){
			.message = arena_printf(a, "'%s' imports '%s', %s", c->importer, path,
						fault),
			.fix = fix,
		});
	return fault;
}

static void judge_import(struct judge *j, const struct case_of *c)
{
	const struct target *t;

	switch (c->r.kind) {
	case IMPORT_CGO:
		return;
	case IMPORT_STD:
		judge_std(j, c);
		return;
	case IMPORT_EXTERNAL:
		judge_internal(j, c);
		return;
	case IMPORT_MISSING:
		judge_missing(j, c);
		return;
	case IMPORT_INTERNAL:
		break;
	}
	judge_internal(j, c);
	if (c->r.dir.v == ID_NONE)
		return;
	t = &j->target[c->r.dir.v];
	if (!(t->built & j->part[c->file.v].configs) && !t->doubtful && c->r.dir.v != c->from.v)
		judge_missing(j, c);
	else
		judge_main(j, c);
}

static bool asked_for(const struct judge *j, const struct case_of *c)
{
	return (j->s->dir[c->from.v].flags & DIR_REPORTED) ||
	       (c->r.dir.v != ID_NONE && (j->s->dir[c->r.dir.v].flags & DIR_REPORTED));
}

static void judge_file(struct judge *j, uint32_t f)
{
	const struct source *s = j->s;
	const struct go_file *file = &s->file[f];
	uint32_t node = j->part[f].xtest ? j->xtest[file->dir.v] : j->own[file->dir.v];
	struct case_of c = { .file = { f }, .from = file->dir };

	if (!j->part[f].configs || node == ID_NONE)
		return;
	c.importer = sym_text(s->syms, j->a->graph->id[node]);
	for (uint32_t i = file->import_first; i < file->import_first + file->nimports; i++) {
		c.import = &s->import[i];
		if (c.import->flags & IMPORT_C)
			continue;
		c.r = resolve_import(s, file->dir, c.import->path);
		if (!asked_for(j, &c))
			continue;
		j->judged++;
		if (!judge_path(j, &c))
			judge_import(j, &c);
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct judge j = { .a = a, .s = a->source };

	learn(&j);
	known_paths_init(&j.known, a->source, a->scratch);
	for (uint32_t f = 0; f < a->source->nfiles; f++)
		judge_file(&j, f);
	known_paths_release(&j.known);
	*ret_judged = j.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_INTERNAL_IMPORT, RULE_MAIN_IMPORT, RULE_MISSING_PACKAGE, RULE_BAD_PATH,
};

const struct analyzer analyzer_imports = {
	.name = "imports", .summary = "imports that Go refuses to build",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
