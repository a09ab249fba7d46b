/* SPDX-License-Identifier: MIT */
/*
 * walk.c - finds modules, folders and Go files below the place where reading
 * begins, with the go command's rules of what it walks into.
 */
#include "base/limits.h"
#include "graph/source/intake.h"

#include <stdlib.h>
#include <string.h>

struct frame {
	const char *path;
	uint32_t ref;           /* of the folder in its tree */
	uint32_t depth;
	mod_id module;          /* ID_NONE: outside of any module */
	bool vendor;
};

struct walker {
	struct intake *in;
	struct arena *scratch;
	struct frame *stack;
	uint32_t count, cap;
	const char **used;      /* folders of go.work, cleaned; NULL without one */
	uint32_t nused;
	mod_id loose;           /* holds the packages outside of any module, once there is one */
};

void intake_problem(struct intake *in, enum problem_kind kind, const char *path, uint32_t line,
		    uint32_t col, const char *text)
{
	VEC_RESERVE(in->problem, in->problem_cap, in->nproblems + 1);
	in->problem[in->nproblems++] = (struct source_problem){
		.kind = kind, .text = sym_from(in->s->syms, text),
		.at = { .path = sym_from(in->s->syms, path), .line = line, .col = col },
	};
}

/* The standard library and the go command vendor what they import, under names of their own. */
static bool is_goroot(const struct go_module *m, const struct symtab *syms)
{
	const char *path = sym_text(syms, m->path);

	return !strcmp(path, "std") || !strcmp(path, "cmd");
}

static const struct gomod *read_gomod(struct intake *in, const char *path, uint32_t ref,
				      enum gomod_kind kind)
{
	struct gomod *mod = arena_new(in->s->arena, struct gomod);
	struct tree_buf buf = { 0 };
	struct err err = ERR_INIT;
	size_t max = limit_of(LIMIT_GOMOD_BYTES);

	mod->module = mod->go = mod->toolchain = mod->deprecated = "";
	if (tree_read(in->at.tree, path, ref, max, &buf, &err) < 0) {
		intake_problem(in, PROBLEM_GOMOD, path, 0, 0, err.msg);
	} else if (!buf.whole) {
		intake_problem(in, PROBLEM_GOMOD, path, 0, 0,
			       "the file is larger than the limit gomod-bytes");
	} else {
		gomod_parse(in->s->arena, kind, buf.bytes, buf.len, mod);
		for (uint32_t i = 0; i < mod->nerror; i++)
			intake_problem(in, PROBLEM_GOMOD, path, mod->error[i].line,
				       mod->error[i].col, mod->error[i].message);
	}
	tree_buf_release(&buf);
	return mod;
}

static mod_id add_module(struct intake *in, struct go_module m)
{
	VEC_RESERVE(in->module, in->module_cap, in->nmodules + 1);
	in->module[in->nmodules] = m;
	return (mod_id){ in->nmodules++ };
}

static mod_id add_gomod(struct intake *in, const char *dir, const char *path,
			const struct gomod *mod)
{
	struct symtab *syms = in->s->syms;
	const char *base = strrchr(dir, '/');
	struct go_module m = {
		.kind = MODULE_MOD, .folder = sym_from(syms, dir), .mod = mod,
		.gomod_path = sym_from(syms, path), .path = sym_from(syms, mod->module),
	};

	/* Without a module path its packages are still told apart, by the folder. */
	if (!*mod->module)
		m.prefix = sym_from(syms, base ? base + 1 : *dir ? dir : ".");
	else if (strcmp(mod->module, "std"))
		m.prefix = m.path;
	return add_module(in, m);
}

/* Where import paths begin in a tree without go.mod: below "src" as GOPATH has it. */
static const char *gopath_import_path(struct intake *in, const char *dir)
{
	struct arena *a = in->s->arena;
	const char *path = path_join(a, in->s->root, dir), *found = NULL;

	for (const char *p = strstr(path, "/src/"); p; p = strstr(p + 1, "/src/")) {
		const char *next = p + 5;
		size_t seg = strcspn(next, "/");

		if (memchr(next, '.', seg))
			return next;
		if (!found)
			found = next;
	}
	if (found)
		return found;
	const char *rest = path_below(dir, in->at.start);

	return rest && *rest ? path_join(a, ".", rest) : ".";
}

static sym_id import_path_of(struct intake *in, const char *dir, mod_id module)
{
	struct symtab *syms = in->s->syms;
	const struct go_module *m = &in->module[module.v];

	if (m->kind == MODULE_GOPATH)
		return sym_from(syms, gopath_import_path(in, dir));
	const char *rest = path_below(dir, sym_text(syms, m->folder));

	return sym_from(syms, path_join(in->s->arena, sym_text(syms, m->prefix), rest ? rest : ""));
}

/* Go 1.25's ignore directive: "./x" from the module's folder, "x" anywhere; whole segments. */
static bool is_ignored(const struct go_module *m, const char *below, struct arena *scratch)
{
	const char *dir = arena_printf(scratch, "/%s/", below);

	for (uint32_t i = 0; i < m->mod->nignore; i++) {
		const char *p = m->mod->ignore[i].path;
		bool anchored = !strncmp(p, "./", 2);
		size_t n;

		p += anchored ? 2 : 0;
		p += *p == '/';
		n = strlen(p);
		const char *want =
			arena_printf(scratch, "/%s%s", p, n && p[n - 1] == '/' ? "" : "/");

		if (anchored ? !strncmp(dir, want, strlen(want)) : strstr(dir, want) != NULL)
			return true;
	}
	return false;
}

static void push(struct walker *w, struct frame f)
{
	VEC_RESERVE(w->stack, w->cap, w->count + 1);
	w->stack[w->count++] = f;
}

static bool is_used(const struct walker *w, const char *dir)
{
	for (uint32_t i = 0; i < w->nused; i++)
		if (!strcmp(w->used[i], dir))
			return true;
	return false;
}

static bool is_excluded(const struct walker *w, const char *dir, const char *name)
{
	const struct source_options *o = w->in->o;

	return o->excludes &&
	       o->excludes(o->excludes_ctx, *name ? path_join(w->scratch, dir, name) : dir);
}

/* Adds the folder and its files, if it has Go files at all. */
static void add_dir(struct walker *w, const struct frame *f, const struct tree_entry *entry,
		    uint32_t n)
{
	struct intake *in = w->in;
	struct symtab *syms = in->s->syms;
	bool loose = f->module.v == ID_NONE, gopath_vendor = f->vendor && loose;
	struct go_dir d = {
		.path = sym_from(syms, f->path), .file_first = in->nfiles,
		.flags = (f->vendor ? DIR_VENDOR : 0) | (gopath_vendor ? DIR_VENDORED : 0),
	};
	bool any = false, excluded = is_excluded(w, f->path, "");

	for (uint32_t i = 0; i < n; i++) {
		const char *name = entry[i].name;

		if (entry[i].kind == ENTRY_IRREGULAR)
			d.flags |= DIR_IRREGULAR;
		if ((entry[i].kind != ENTRY_FILE && entry[i].kind != ENTRY_BROKEN) ||
		    !strcmp(name, "go.mod") || !strcmp(name, "go.work"))
			continue;
		any = true;
		if (gopath_vendor)
			break;
		if (excluded || is_excluded(w, f->path, name)) {
			d.flags |= DIR_EXCLUDED;
			in->s->stats.excluded++;
			continue;
		}
		if (in->nfiles >= limit_of(LIMIT_FILES)) {
			intake_problem(in, PROBLEM_LIMIT, f->path, 0, 0,
				       "more Go files than the limit files allows");
			w->count = 0;
			break;
		}
		VEC_RESERVE(in->file, in->file_cap, in->nfiles + 1);
		VEC_RESERVE(in->ref, in->ref_cap, in->nfiles + 1);
		in->file[in->nfiles] = (struct go_file){
			.name = sym_from(syms, name),
			.flags = entry[i].kind == ENTRY_BROKEN ? FILE_BROKEN : 0,
		};
		in->ref[in->nfiles++] = entry[i].ref;
	}
	if (!any)
		return;
	d.nfiles = in->nfiles - d.file_first;
	if (loose && w->loose.v == ID_NONE)
		w->loose = add_module(in, (struct go_module){
			.kind = MODULE_GOPATH, .folder = sym_from(syms, in->at.start),
			.mod = arena_new(in->s->arena, struct gomod),
		});
	d.module = loose ? w->loose : f->module;
	d.import_path = import_path_of(in, f->path, d.module);
	/* The root of GOROOT/src has no import path and is no package. */
	if (!d.import_path.v)
		return;
	if (!gopath_vendor &&
	    location_reports(&in->at, f->path, sym_text(syms, d.import_path), w->scratch))
		d.flags |= DIR_REPORTED;
	VEC_RESERVE(in->dir, in->dir_cap, in->ndirs + 1);
	in->dir[in->ndirs++] = d;
}

/* Does the go command walk into a folder of this name? */
static bool walks_into(struct walker *w, const struct frame *f, const char *name, const char *path)
{
	struct intake *in = w->in;
	const struct go_module *m = f->module.v == ID_NONE ? NULL : &in->module[f->module.v];

	if (*name == '.' || *name == '_' || !strcmp(name, "testdata"))
		return false;
	if (m && m->mod->nignore &&
	    is_ignored(m, path_below(path, sym_text(in->s->syms, m->folder)), w->scratch)) {
		in->s->stats.ignored_dirs++;
		return false;
	}
	return true;
}

/* A submodule, or a clone that lies there: git looks no deeper either. */
static bool is_left_out(struct walker *w, const char *path)
{
	struct intake *in = w->in;
	uint32_t ignored;

	if (!in->o->committed || !in->at.tree->on_disk ||
	    !tree_find(in->at.tree, path_join(w->scratch, path, ".git"), w->scratch, &ignored))
		return false;
	in->s->stats.repositories++;
	return true;
}

static void push_children(struct walker *w, const struct frame *f, const struct tree_entry *entry,
			  uint32_t n)
{
	struct intake *in = w->in;
	const struct go_module *m = f->module.v == ID_NONE ? NULL : &in->module[f->module.v];

	/* A folder named vendor is a package as any other; what is below it is somebody else's. */
	if (f->vendor && m && m->kind == MODULE_MOD && !is_goroot(m, in->s->syms))
		return;
	for (uint32_t i = n; i-- > 0;) {
		const char *name = entry[i].name;

		if (entry[i].kind == ENTRY_DIR_LINK && *name != '.' && *name != '_')
			in->s->stats.symlinks++;
		if (entry[i].kind != ENTRY_DIR)
			continue;
		const char *path = path_join(in->s->arena, f->path, name);

		if (!walks_into(w, f, name, path) || is_left_out(w, path))
			continue;
		if (f->depth + 1 > limit_of(LIMIT_DIR_DEPTH)) {
			intake_problem(in, PROBLEM_LIMIT, f->path, 0, 0,
				       "folders nested deeper than the limit dir-depth allows");
			return;
		}
		push(w, (struct frame){
				.path = path,
				.ref = entry[i].ref,
				.depth = f->depth + 1,
				.module = f->module,
				.vendor = f->vendor || !strcmp(name, "vendor"),
			});
	}
}

/* An empty go.mod inside of a module: the known way to keep a folder out of it. */
static bool shuts_out(const struct frame *f, const struct gomod *mod)
{
	return f->module.v != ID_NONE && !*mod->module && !mod->nerror && !mod->nrequire &&
	       !mod->nreplace && !*mod->go;
}

/* Which module a folder with a go.mod begins; false when it is left out. */
static bool enter_module(struct walker *w, struct frame *f, const struct tree_entry *gomod)
{
	struct intake *in = w->in;
	const char *path = path_join(in->s->arena, f->path, "go.mod");

	if (w->used && !is_used(w, f->path)) {
		in->s->stats.left_out_modules++;
		return false;
	}
	if (in->nmodules >= limit_of(LIMIT_MODULES)) {
		intake_problem(in, PROBLEM_LIMIT, f->path, 0, 0,
			       "more modules than the limit modules allows");
		return false;
	}
	uint32_t problems = in->nproblems;
	const struct gomod *mod = read_gomod(in, path, gomod->ref, GOMOD_MOD);

	if (in->nproblems == problems && shuts_out(f, mod)) {
		in->s->stats.ignored_dirs++;
		return false;
	}
	f->module = add_gomod(in, f->path, path, mod);
	return true;
}

/* What one folder holds goes into the intake, its folders onto the stack. */
static void visit(struct walker *w, struct frame *f, const struct tree_entry *entry, uint32_t n)
{
	const struct tree_entry *gomod = tree_entry_find(entry, n, "go.mod");

	if (gomod && gomod->kind == ENTRY_FILE) {
		/* What somebody else's module is, is not asked. */
		if (f->vendor)
			return;
		/* A used module inside of another one is walked on its own. */
		if (w->used && f->depth && is_used(w, f->path))
			return;
		if (!enter_module(w, f, gomod))
			return;
	}
	if (f->module.v != ID_NONE || !w->used)
		add_dir(w, f, entry, n);
	push_children(w, f, entry, n);
}

static void walk_from(struct walker *w, const char *start)
{
	struct intake *in = w->in;

	push(w, (struct frame){ .path = start, .ref = TREE_NO_REF, .module = { ID_NONE } });
	while (w->count) {
		struct frame f = w->stack[--w->count];
		struct err err = ERR_INIT;
		struct tree_entry *entry;
		uint32_t n;

		if (tree_list_ref(in->at.tree, f.path, f.ref, w->scratch, &entry, &n, &err) < 0)
			intake_problem(in, PROBLEM_DIR, f.path, 0, 0, err.msg);
		else
			visit(w, &f, entry, n);
		arena_reset(w->scratch);
	}
}

/* The folders that go.work uses; those outside of the root cannot be read. */
static void read_work(struct walker *w, uint32_t ref)
{
	struct intake *in = w->in;
	struct arena *a = in->s->arena;
	const char *path = path_join(a, in->at.start, "go.work");
	const struct gomod *work = read_gomod(in, path, ref, GOMOD_WORK);

	in->s->work = work;
	in->s->work_folder = sym_from(in->s->syms, in->at.start);

	w->used = arena_array(a, const char *, work->nuse + 1);
	for (uint32_t i = 0; i < work->nuse; i++) {
		const char *use = work->use[i].path;
		const char *dir = *use == '/' ? path_below(use, in->s->root) :
				  path_clean(a, path_join(a, in->at.start, use));

		if (!dir) {
			intake_problem(in, PROBLEM_WORK_USE, path, work->use[i].line, 1,
				       arena_printf(a, "'%s' is outside of what is read", use));
			continue;
		}
		if (!tree_has(in->at.tree, dir, "go.mod", w->scratch))
			intake_problem(in, PROBLEM_WORK_USE, path, work->use[i].line, 1,
				       arena_printf(a, "'%s' holds no go.mod", use));
		else if (!is_used(w, dir))
			w->used[w->nused++] = dir;
	}
}

void walk(struct intake *in)
{
	struct arena scratch = ARENA_INIT;
	struct walker w = { .in = in, .scratch = &scratch, .loose = { ID_NONE } };
	struct tree_entry *entry;
	struct err ignored = ERR_INIT;
	uint32_t n;

	if (!tree_list(in->at.tree, in->at.start, &scratch, &entry, &n, &ignored)) {
		const struct tree_entry *work = tree_entry_find(entry, n, "go.work");

		if (work && work->kind == ENTRY_FILE)
			read_work(&w, work->ref);
	}
	arena_reset(&scratch);
	walk_from(&w, in->at.start);
	for (uint32_t i = 0; i < w.nused; i++)
		if (strcmp(w.used[i], in->at.start) && !is_left_out(&w, w.used[i]))
			walk_from(&w, w.used[i]);
	free(w.stack);
	arena_release(&scratch);
}
