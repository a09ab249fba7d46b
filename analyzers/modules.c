/* SPDX-License-Identifier: MIT */
/*
 * modules.c - what go.mod and go.work say: lines that Go cannot read, folders
 * that hold no module, and code that needs a newer Go than the go line promises.
 */
#include "analyzers/analyzer.h"
#include "graph/source/resolve.h"

#include <string.h>

#define NO_GO_LINE_MINOR 16u            /* a go.mod without a go line means go 1.16 */

static const struct std_package {
	const char *path;
	unsigned minor;
} std_packages[] = {
#define SINCE(path, minor) { path, minor },
#include "analyzers/std_since.def"
#undef SINCE
};

struct promise {                        /* what a module's go line says */
	bool closed;                    /* nothing of go.mod was read */
	bool known;                     /* false: it cannot be read, or there is no go.mod */
	bool reported;                  /* PATTERN asks for something of the module */
	unsigned minor;
	const char *text;               /* "go.mod declares go 1.18" */
};

struct judge {
	const struct analysis *a;
	const struct source *s;
	struct promise *promise;        /* [nmodules] */
	uint8_t *since;                 /* [symbols] minor of a std package; 0 = any, or no such */
	uint32_t *module_of;            /* [symbols] path of a go.mod: its module + 1 */
	uint32_t nsyms;
	uint32_t *own, *xtest;          /* [ndirs] nodes */
	uint64_t judged;
};

static const char *text_of(const struct judge *j, sym_id id)
{
	return sym_text(j->s->syms, id);
}

static const char *folder_of(const struct judge *j, const struct go_module *m)
{
	const char *folder = text_of(j, m->folder);

	return *folder ? folder : ".";
}

static void add(struct judge *j, enum rule_id rule, struct finding f)
{
	f.rule = &rule_rows[rule];
	f.severity = f.severity != SEV_OFF ? f.severity : rule_rows[rule].severity;
	f.to = f.to ? f.to : "";
	f.symbol = f.symbol ? f.symbol : "";
	finding_add(j->a->findings, &f);
}

/* ---- go.mod and go.work files ---- */

/* The module whose go.mod this is; NULL for a go.work. */
static const struct go_module *module_at(const struct judge *j, sym_id path)
{
	uint32_t m = path.v < j->nsyms ? j->module_of[path.v] : 0;

	return m ? &j->s->module[m - 1] : NULL;
}

static const struct gomod_replace *replace_at(const struct go_module *m, uint32_t line)
{
	for (uint32_t i = 0; i < m->mod->nreplace; i++)
		if (m->mod->replace[i].line == line)
			return &m->mod->replace[i];
	return NULL;
}

/* The folder of a go.mod or go.work file. */
static const char *folder_of_file(const struct judge *j, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(j->a->scratch, path, (size_t)(slash - path)) : ".";
}

/* Nothing was parsed: the file itself stays closed, or is too large. */
static bool is_closed(const struct source_problem *p)
{
	return p->kind == PROBLEM_GOMOD && !p->at.line;
}

static void report_broken(struct judge *j, const struct source_problem *p)
{
	const char *path = text_of(j, p->at.path), *text = text_of(j, p->text);

	add(j, RULE_BROKEN_GOMOD, (struct finding){
		.at = p->at, .from = folder_of_file(j, path),
		.symbol = arena_printf(j->a->scratch, "%s: %s", path, text),
		.message = arena_printf(j->a->scratch, "'%s' cannot be read: %s", path, text),
		.fix = !is_closed(p) ? NULL : strncmp(text, "the file is larger", 18) ?
		       "Give the user who runs meshctl the right to read the file." :
		       "Find out what made the file grow: no go.mod needs that size.",
	});
}

/* A folder outside of what is read may well be there, so that is no fault. */
static void report_use(struct judge *j, const struct source_problem *p)
{
	const char *path = text_of(j, p->at.path), *text = text_of(j, p->text);
	bool missing = strstr(text, "' holds no go.mod") != NULL;

	add(j, RULE_BROKEN_GOMOD,
	    (struct finding){
		    .at = p->at,
		    .from = folder_of_file(j, path),
		    .symbol = text,
		    .severity = missing ? SEV_OFF : SEV_INFO,
		    .message =
			    arena_printf(j->a->scratch, "'%s' uses a folder, but %s", path, text),
		    .why = missing ? "Every go command fails while a folder that go.work uses has "
				     "no go.mod."
				   : "What lies outside of the tree is not read, so imports of it "
				     "are not judged.",
		    .fix = missing ? "Remove the use line, or check the folder out."
				   : "Run meshctl on the folder that holds both.",
	    });
}

static void report_replace(struct judge *j, const struct source_problem *p,
			   const struct go_module *m)
{
	const struct gomod_replace *r = m ? replace_at(m, p->at.line) : NULL;

	add(j, RULE_MISSING_REPLACE, (struct finding){
		.at = p->at, .from = m ? folder_of(j, m) : ".", .to = r ? r->new_path : "",
		.symbol = r ? r->old_path : text_of(j, p->text), .message = text_of(j, p->text),
	});
}

static void judge_problem(struct judge *j, const struct source_problem *p)
{
	const struct go_module *m = module_at(j, p->at.path);

	if (m && !j->promise[m - j->s->module].reported)
		return;
	switch (p->kind) {
	case PROBLEM_DIR:
	case PROBLEM_LIMIT:
		return;
	case PROBLEM_GOMOD:
		report_broken(j, p);
		break;
	case PROBLEM_WORK_USE:
		report_use(j, p);
		break;
	case PROBLEM_REPLACE:
		report_replace(j, p, m);
		break;
	}
	j->judged += !m;
}

/* ---- the go line ---- */

static void learn_promise(struct judge *j, const struct go_module *m, struct promise *p)
{
	const char *path = text_of(j, m->gomod_path);
	struct err err = ERR_INIT;

	*p = (struct promise){ .reported = p->reported, .closed = p->closed };
	if (p->closed || !m->gomod_path.v || (!*m->mod->go && m->mod->nerror))
		return;
	if (!*m->mod->go) {
		p->known = true;
		p->minor = NO_GO_LINE_MINOR;
		p->text = arena_printf(j->a->scratch, "%s has no go line, which means go 1.%u",
				       path, p->minor);
		return;
	}
	p->known = !go_version_minor(m->mod->go, &p->minor, &err);
	p->text = arena_printf(j->a->scratch, "%s declares go %s", path, m->mod->go);
}

static void report_directive(struct judge *j, const struct go_module *m, const struct promise *p,
			     const char *name, unsigned since, uint32_t line)
{
	if (!line || p->minor >= since)
		return;
	add(j, RULE_GO_VERSION,
	    (struct finding){
		    .at = { .path = m->gomod_path, .line = line, .col = 1 },
		    .from = folder_of(j, m),
		    .symbol = name,
		    .message =
			    arena_printf(j->a->scratch, "%s, but uses the directive '%s' (Go 1.%u)",
					 p->text, name, since),
		    .fix = arena_printf(j->a->scratch,
					"Raise the go line (go mod edit -go=1.%u) or remove the "
					"directive, which Go 1.%u refuses as unknown.",
					since, since - 1),
	    });
}

/* Until Go 1.20 the go line itself had two numbers and nothing behind them. */
static bool is_plain_version(const char *go)
{
	return strspn(go, "0123456789.") == strlen(go) && strchr(go, '.') == strrchr(go, '.');
}

static void judge_module(struct judge *j, const struct go_module *m, const struct promise *p)
{
	const struct span go_line = { .path = m->gomod_path, .line = m->mod->go_line, .col = 1 };

	if (!m->gomod_path.v || !p->reported)
		return;
	j->judged++;
	if (p->closed)
		return;
	if (!*m->mod->module && !m->mod->nerror)
		add(j, RULE_BROKEN_GOMOD,
		    (struct finding){
			    .at = { .path = m->gomod_path, .line = 1, .col = 1 },
			    .from = folder_of(j, m),
			    .symbol = "module",
			    .message = arena_printf(j->a->scratch, "'%s' has no module line",
						    text_of(j, m->gomod_path)),
			    .fix = "Add the module line: go mod edit -module=example.com/name.",
		    });
	if (*m->mod->go && (!p->known || p->minor > GO_NEWEST_MINOR))
		add(j, RULE_GO_VERSION,
		    (struct finding){
			    .at = go_line,
			    .from = folder_of(j, m),
			    .symbol = "go",
			    .severity = SEV_INFO,
			    .message =
				    arena_printf(j->a->scratch,
						 "%s, newer than Go 1.%u, the newest that meshctl "
						 "knows",
						 p->text, GO_NEWEST_MINOR),
			    .why = "Packages and build tags that came later are not known.",
			    .fix = "Look for a newer meshctl.",
		    });
	if (!p->known)
		return;
	if (*m->mod->go && p->minor < 21 && !is_plain_version(m->mod->go))
		add(j, RULE_GO_VERSION,
		    (struct finding){
			    .at = go_line,
			    .from = folder_of(j, m),
			    .symbol = "go",
			    .message = arena_printf(j->a->scratch,
						    "%s, which only Go 1.21 and later can read",
						    p->text),
			    .fix = arena_printf(j->a->scratch,
						"Write go 1.%u: until Go 1.20 the go line had two "
						"numbers.",
						p->minor),
		    });
	report_directive(j, m, p, "toolchain", 21, m->mod->toolchain_line);
	report_directive(j, m, p, "godebug", 23, m->mod->godebug_line);
	report_directive(j, m, p, "tool", 24, m->mod->tool_line);
	report_directive(j, m, p, "ignore", 25, m->mod->ignore_line);
}

/* ---- imports ---- */

static void report_import(struct judge *j, uint32_t f, const struct go_import *i, unsigned since)
{
	const struct source *s = j->s;
	const struct go_file *file = &s->file[f];
	const struct promise *p = &j->promise[s->dir[file->dir.v].module.v];
	const char *package = text_of(j, file->package), *path = text_of(j, i->path);
	const char *folder = text_of(j, s->dir[file->dir.v].path);
	size_t len = strlen(package);
	bool test = file->flags & FILE_TEST;
	bool xtest = test && len > 5 && !strcmp(package + len - 5, "_test");
	uint32_t node = xtest ? j->xtest[file->dir.v] : j->own[file->dir.v];
	struct arena *a = j->a->scratch;

	folder = *folder ? folder : ".";
	add(j, RULE_GO_VERSION,
	    (struct finding){
		    .at = { sym_from(s->syms, source_file_path(s, (file_id){ f }, a)), i->line,
			    i->col, i->end_col },
		    .from = node != ID_NONE ? text_of(j, j->a->graph->id[node]) : folder,
		    .to = path,
		    .message = arena_printf(a, "%s'%s' %s '%s' (Go 1.%u), but %s",
					    test ? "the tests of " : "", folder,
					    test ? "import" : "imports", path, since, p->text),
		    .fix = arena_printf(a,
					"Raise the go line (go mod edit -go=1.%u), do without "
					"'%s', or import "
					"it only in files with the constraint //go:build go1.%u.",
					since, path, since),
	    });
}

/* Once for ordinary files, once for tests: a package's own import is the one to show. */
static void judge_file(struct judge *j, uint32_t f, bool tests)
{
	const struct source *s = j->s;
	const struct go_file *file = &s->file[f];
	const struct go_dir *dir = &s->dir[file->dir.v];

	if (!(dir->flags & DIR_REPORTED) || (dir->flags & (DIR_VENDOR | DIR_VENDORED)) ||
	    (file->flags & FILE_HIDDEN) || !file->configs || dir->module.v == ID_NONE ||
	    ((file->flags & FILE_TEST) != 0) != tests)
		return;
	const struct promise *p = &j->promise[dir->module.v];

	if (!p->known)
		return;
	for (uint32_t i = file->import_first; i < file->import_first + file->nimports; i++) {
		unsigned since = j->since[s->import[i].path.v];

		j->judged++;
		/* A file that is built by newer versions only may use them. */
		if (since <= p->minor || since <= file->min_go)
			continue;
		if (resolve_import(s, file->dir, s->import[i].path).kind == IMPORT_STD)
			report_import(j, f, &s->import[i], since);
	}
}

static void learn(struct judge *j)
{
	const struct source *s = j->s;
	const struct graph *g = j->a->graph;
	struct arena *a = j->a->scratch;
	bool *has_dir = arena_array(a, bool, s->nmodules);

	j->promise = arena_array(a, struct promise, s->nmodules);
	j->nsyms = s->syms->count;
	j->since = arena_array(a, uint8_t, j->nsyms);
	j->module_of = arena_array(a, uint32_t, j->nsyms);
	j->own = arena_array(a, uint32_t, s->ndirs);
	j->xtest = arena_array(a, uint32_t, s->ndirs);
	for (size_t i = 0; i < ARRAY_SIZE(std_packages); i++) {
		const char *path = std_packages[i].path;

		j->since[sym_find(s->syms, path, strlen(path)).v] = (uint8_t)std_packages[i].minor;
	}
	j->since[0] = 0;
	for (uint32_t d = 0; d < s->ndirs; d++) {
		mod_id m = s->dir[d].module;

		j->own[d] = j->xtest[d] = ID_NONE;
		if (m.v == ID_NONE)
			continue;
		has_dir[m.v] = true;
		j->promise[m.v].reported |= (s->dir[d].flags & DIR_REPORTED) != 0;
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		((g->flags[p] & NODE_XTEST) ? j->xtest : j->own)[g->dir[p].v] = p;
	for (uint32_t m = 0; m < s->nmodules; m++)
		j->module_of[s->module[m].gomod_path.v] = m + 1;
	j->module_of[0] = 0;
	for (uint32_t i = 0; i < s->nproblems; i++) {
		const struct go_module *m = module_at(j, s->problem[i].at.path);

		if (m && is_closed(&s->problem[i]))
			j->promise[m - s->module].closed = true;
	}
	for (uint32_t m = 0; m < s->nmodules; m++) {
		j->promise[m].reported |= !has_dir[m];
		learn_promise(j, &s->module[m], &j->promise[m]);
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct judge j = { .a = a, .s = a->source };

	learn(&j);
	for (uint32_t i = 0; i < a->source->nproblems; i++)
		judge_problem(&j, &a->source->problem[i]);
	for (uint32_t m = 0; m < a->source->nmodules; m++)
		judge_module(&j, &a->source->module[m], &j.promise[m]);
	for (int tests = 0; tests < 2; tests++)
		for (uint32_t f = 0; f < a->source->nfiles; f++)
			judge_file(&j, f, tests);
	*ret_judged = j.judged;
	return 0;
}

static const enum rule_id rules[] = { RULE_MISSING_REPLACE, RULE_BROKEN_GOMOD, RULE_GO_VERSION };

const struct analyzer analyzer_modules = {
	.name = "modules",
	.summary = "go.mod and go.work: broken lines, missing folders, newer features",
	.needs = FACT_IMPORTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
