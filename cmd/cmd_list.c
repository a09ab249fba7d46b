/* SPDX-License-Identifier: MIT */
/*
 * cmd_list.c - meshctl list: packages as `go list` sees them, in one build
 * configuration, without a Go toolchain.
 */
#include "base/json.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "cmd/session.h"
#include "graph/source/package.h"
#include "graph/source/resolve.h"
#include "graph/source/tree.h"

#include <string.h>

/* Members of a package in the order and with the names of `go list -json`. */
static const struct file_list {
	const char *key;
	enum file_role role;
} file_lists[] = {
	{ "GoFiles", ROLE_GO },
	{ "CgoFiles", ROLE_CGO },
	{ "IgnoredGoFiles", ROLE_IGNORED },
	{ "TestGoFiles", ROLE_TEST },
	{ "XTestGoFiles", ROLE_XTEST },
};

static const struct import_list {
	const char *key;
	uint32_t roles;
	bool resorted;          /* vendored paths are sorted among the others */
} import_lists[] = {
	{ "Imports", 1u << ROLE_GO | 1u << ROLE_CGO, false },
	{ "TestImports", 1u << ROLE_TEST, true },
	{ "XTestImports", 1u << ROLE_XTEST, true },
};

static void put_module(struct json *object, const struct source *s, const struct go_module *m,
		       struct arena *a)
{
	if (m->kind != MODULE_MOD)
		return;
	struct json *module = json_object();

	json_set_text(module, "Path", sym_text(s->syms, m->path));
	json_set_bool(module, "Main", true);
	json_set_text(module, "Dir", path_join(a, s->root, sym_text(s->syms, m->folder)));
	json_set_text(module, "GoMod", path_join(a, s->root, sym_text(s->syms, m->gomod_path)));
	if (*m->mod->go)
		json_set_text(module, "GoVersion", m->mod->go);
	json_set(object, "Module", module);
}

static void put_files(struct json *object, const struct source *s, const struct go_package *p)
{
	const struct go_dir *d = &s->dir[p->dir.v];

	for (size_t i = 0; i < ARRAY_SIZE(file_lists); i++) {
		if (!p->count[file_lists[i].role])
			continue;
		struct json *names = json_array();

		for (uint32_t f = 0; f < d->nfiles; f++)
			if (p->role[f] == file_lists[i].role)
				json_push_text(names,
					       sym_text(s->syms, s->file[d->file_first + f].name));
		json_set(object, file_lists[i].key, names);
	}
}

static int by_text(const void *va, const void *vb, void *ctx)
{
	const sym_id *a = va, *b = vb;

	return strcmp(sym_text(ctx, *a), sym_text(ctx, *b));
}

/* Paths as go list shows them: below the vendor folder that they are found in. */
static void put_imports(struct json *object, const struct source *s, const struct go_package *p,
			struct arena *a)
{
	for (size_t i = 0; i < ARRAY_SIZE(import_lists); i++) {
		sym_id *path, before = { 0 };
		uint32_t n = package_imports(s, p, import_lists[i].roles, a, &path);

		if (!n)
			continue;
		struct json *paths = json_array();

		for (uint32_t k = 0; k < n; k++)
			path[k] = resolve_import(s, p->dir, path[k]).import_path;
		if (import_lists[i].resorted)
			sort_with(path, n, sizeof(*path), by_text, s->syms);
		for (uint32_t k = 0; k < n; k++) {
			if (!import_lists[i].resorted || path[k].v != before.v)
				json_push_text(paths, sym_text(s->syms, path[k]));
			before = path[k];
		}
		json_set(object, import_lists[i].key, paths);
	}
}

/* Every import spec of the package's files, which go list keeps to itself. */
static void put_specs(struct json *object, const struct source *s, const struct go_package *p)
{
	const struct go_dir *d = &s->dir[p->dir.v];
	struct json *specs = NULL;

	for (uint32_t i = 0; i < d->nfiles; i++) {
		const struct go_file *f = &s->file[d->file_first + i];

		if (p->role[i] == ROLE_NONE || p->role[i] == ROLE_IGNORED)
			continue;
		for (uint32_t k = 0; k < f->nimports; k++) {
			const struct go_import *m = &s->import[f->import_first + k];
			struct json *spec = json_object();

			json_set_text(spec, "Path", sym_text(s->syms, m->path));
			if (m->name.v)
				json_set_text(spec, "Name", sym_text(s->syms, m->name));
			json_set_text(spec, "File", sym_text(s->syms, f->name));
			json_set_int(spec, "Line", m->line);
			json_set_int(spec, "Column", m->col);
			if (!specs)
				specs = json_array();
			json_push(specs, spec);
		}
	}
	if (specs)
		json_set(object, "ImportSpecs", specs);
}

/* Files that were read in part or not at all, and those that a generator wrote. */
static void put_marks(struct json *object, const struct source *s, const struct go_package *p)
{
	const struct go_dir *d = &s->dir[p->dir.v];
	struct json *degraded = NULL, *generated = NULL;

	for (uint32_t i = 0; i < d->nfiles; i++) {
		const struct go_file *f = &s->file[d->file_first + i];

		if (f->problem.v) {
			struct json *one = json_object();

			json_set_text(one, "File", sym_text(s->syms, f->name));
			json_set_int(one, "Line", f->problem_line);
			json_set_int(one, "Column", f->problem_col);
			json_set_text(one, "Problem", sym_text(s->syms, f->problem));
			if (!degraded)
				degraded = json_array();
			json_push(degraded, one);
		}
		if (f->flags & FILE_GENERATED) {
			if (!generated)
				generated = json_array();
			json_push_text(generated, sym_text(s->syms, f->name));
		}
	}
	if (degraded)
		json_set(object, "Degraded", degraded);
	if (generated)
		json_set(object, "Generated", generated);
}

static struct json *package_object(const struct source *s, const struct go_package *p,
				   struct arena *a)
{
	const struct go_dir *d = &s->dir[p->dir.v];
	struct json *object = json_object();

	/* go list tells no more of a package whose name it refuses. */
	if (p->refused) {
		json_set_text(object, "ImportPath", sym_text(s->syms, d->import_path));
		json_set_text(object, "Problem", "malformed import path");
		return object;
	}
	json_set_text(object, "Dir", path_join(a, s->root, sym_text(s->syms, d->path)));
	json_set_text(object, "ImportPath", sym_text(s->syms, d->import_path));
	if (p->name.v)
		json_set_text(object, "Name", sym_text(s->syms, p->name));
	put_module(object, s, &s->module[d->module.v], a);
	put_files(object, s, p);
	put_imports(object, s, p, a);
	put_marks(object, s, p);
	put_specs(object, s, p);
	return object;
}

/* Packages in one format; *ret_count is how many there are. */
static int write_packages(const struct source *s, const struct output *to, uint32_t *ret_count,
			  struct err *err)
{
	bool json = !strcmp(to->format, "json");
	struct arena a = ARENA_INIT;
	struct json_out j;

	*ret_count = 0;
	json_out_init(&j, to->file, JSON_INDENTED);
	for (uint32_t d = 0; d < s->ndirs; d++) {
		struct go_package p;

		if (!(s->dir[d].flags & DIR_REPORTED))
			continue;
		package_classify(s, (dir_id){ d }, 0, &a, &p);
		if (p.exists) {
			++*ret_count;
			if (json)
				json_out_value(&j, package_object(s, &p, &a));
			else
				fprintf(to->file, "%s\n",
					text_escape(&a, sym_text(s->syms, s->dir[d].import_path)));
		}
		arena_reset(&a);
	}
	arena_release(&a);
	return json_out_finish(&j, err);
}

/* Problems of the reading go to stderr: stdout holds packages and nothing else. */
static void tell_problems(const struct source *s, struct arena *a)
{
	for (uint32_t i = 0; i < s->nproblems; i++) {
		const struct source_problem *p = &s->problem[i];
		const char *path = sym_text(s->syms, p->at.path);

		fprintf(stderr, "meshctl: %s: %s\n", text_escape(a, *path ? path : "."),
			text_escape(a, sym_text(s->syms, p->text)));
	}
}

static int run_list(struct run *run, struct err *err)
{
	const struct session_wish wish = { .one_platform = true };
	struct session session;
	uint32_t count = 0;
	const char *why;

	if (session_open(run, &wish, &session, err) < 0)
		return -1;
	const struct report report = {
		.command = "list", .source = session.source, .fail_on = SEV_OFF,
	};
	int status = report_status(&report, run->arena, &why);

	for (unsigned i = 0; i < run->noutputs; i++)
		if (write_packages(session.source, &run->output[i], &count, err) < 0)
			status = -1;
	if (status >= 0) {
		tell_problems(session.source, run->arena);
		session_tell_broken(run, session.source, false);
		if (!count && !why) {
			why = "no package matches in this build configuration";
			status = EXIT_INCOMPLETE;
		}
		if (why)
			fprintf(stderr, "meshctl: the list is incomplete: %s\n", why);
		if (run->set->verbose)
			session_time(&session, run->set);
	}
	session_close(&session);
	return status;
}

static const char *const formats[] = { "text", "json", NULL };
static const char *const see_also[] = { "analyze", "graph", NULL };
static const struct example examples[] = {
	{ "list", "prints the import path of every package of this module" },
	{ "list --json ./internal/...",
	  "prints the packages below internal as `go list -json` does" },
	{ "list --platform windows/amd64 --cgo off",
	  "lists what a build for Windows without cgo sees" },
};

const struct command command_list = {
	.name = "list", .summary = "print packages as `go list` sees them",
	.group = GROUP_LOOK, .operands = "[PATTERN]", .max_operands = 1,
	.detail =
"Prints the packages of a module, of a workspace, of a folder with several modules, of a GOPATH "
"source tree or of GOROOT/src, without a Go toolchain and without their dependencies. One "
"build configuration counts: linux/amd64 with cgo, whatever the machine, unless options say "
"otherwise.\n\n"
"The json format is a stream of objects with the names of `go list -json`: Dir, ImportPath, Name, "
"Module, GoFiles, CgoFiles, IgnoredGoFiles, TestGoFiles, XTestGoFiles, Imports, TestImports and "
"XTestImports equal those of `go list -e -json`. Degraded (files with a broken head, and why), "
"Generated and ImportSpecs (the place of every import) are added.\n\n"
"PATTERN is `./...`, `./internal/order/...`, a folder or an import path, with `...` for any text. "
"A folder inside of a module stands for its package, any other for all modules at or below it.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) |
		   OPT_BIT(OPT_CGO) |
		   OPT_BIT(OPT_GO) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET) | OPT_BIT(OPT_VERBOSE),
	.formats = formats, .run = run_list,
	.examples = examples, .nexamples = ARRAY_SIZE(examples), .see_also = see_also,
};
