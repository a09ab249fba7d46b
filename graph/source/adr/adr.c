/* SPDX-License-Identifier: MIT */
/* adr.c - finds the folder of decision records, reads them, ties their links. */
#include "graph/source/adr/adr_work.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define TOLD_MOST 64u                   /* folders that .log4brains.yml may name */
#define FOLDERS_DEEP 8u                 /* of categories below the folder */

static const char *const usual[] = {
#define STATUS(state, word)
#define RELATION(relation, words)
#define FOLDER(path) path,
#include "graph/source/adr/adr_words.def"
#undef STATUS
#undef RELATION
#undef FOLDER
};

/* ---- one record ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_yaml(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

static bool is_markdown(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && (adr_same(dot, strlen(dot), ".md") || adr_same(dot, strlen(dot),
		".markdown") ||
		       adr_same(dot, strlen(dot), ".mdx"));
}

/* "0012-use-x", "adr-12-use-x", "ADR012", "20240131-use-x". */
static void take_name(struct adr *r, struct arena *arena)
{
	const char *base = strrchr(r->path, '/') ? strrchr(r->path, '/') + 1 : r->path;
	const char *s, *dot = strrchr(base, '.');
	size_t n = 0;

	r->name = arena_strndup(arena, base, dot ? (size_t)(dot - base) : strlen(base));
	r->dated = "";
	s = r->name;
	if (adr_begins(s, strlen(s), "adr")) {
		s += 3;
		while (*s == '-' || *s == '_' || *s == ' ')
			s++;
	}
	while (is_digit(s[n]))
		n++;
	if (n == 8 && s == r->name)
		r->dated = arena_strndup(arena, s, n);
	else if (n && n < 10)
		r->number = (uint32_t)strtoul(arena_strndup(arena, s, n), NULL, 10);
	r->is_zero = n && n < 10 && !*r->dated && !r->number;
}

/*
 * README, index, templates: documents about records.  "0000-adr-template" is a template,
 * "0012-html-templates" what somebody decided about them.
 */
static bool is_about(const struct adr *r)
{
	const char *name = r->name;
	size_t len = strlen(name);

	if (is_digit(*name)) {
		name += strspn(name, "0123456789-_. ");
		len = strlen(name);
		return adr_same(name, len, "template") || adr_same(name, len, "adr-template");
	}
	return adr_same(name, len, "readme") || adr_same(name, len, "index") ||
	       adr_same(name, len, "toc") || adr_same(name, len, "adr") ||
	       (!r->number && (strstr(name, "template") || strstr(name, "TEMPLATE") ||
			       strstr(name, "Template")));
}

static void choose_format(struct adr *r)
{
	r->format = *r->dated ? ADR_LOG4BRAINS
		    : r->status_in == ADR_IN_SECTION ? ADR_NYGARD : ADR_MADR;
}

bool adr_parse(const char *path, const char *bytes, size_t len, struct arena *arena,
	       struct adr *ret, struct adr_problem *ret_problem)
{
	struct adr_work w = { .r = ret, .arena = arena, .problem = ret_problem };
	struct adr_piece none = { .text = "" };
	bool record;

	*ret_problem = (struct adr_problem){ .text = NULL };
	*ret = (struct adr){
		.path = path, .title = none, .status = none, .date = none, .risk = "",
		.bytes = bytes, .len = len, .substance = HASH_INIT,
	};
	take_name(ret, arena);
	if (is_about(ret))
		return false;
	adr_lines(&w);
	if (is_yaml(path)) {
		ret->format = ADR_YAML;
		record = adr_read_yaml(&w);
	} else {
		adr_read_markdown(&w);
		choose_format(ret);
		/* A document without number, day and status is something else. */
		record = ret->number || ret->is_zero || *ret->dated ||
			 ret->status_in != ADR_IN_NOTHING;
	}
	if (!ret->number && !ret->is_zero)
		ret->number = ret->title_number;
	struct adr_link *link = arena_array(arena, struct adr_link, w.nlinks);
	struct adr_section *section = arena_array(arena, struct adr_section, w.nsections);

	if (w.nlinks)
		memcpy(link, w.link, w.nlinks * sizeof(*link));
	if (w.nsections)
		memcpy(section, w.section, w.nsections * sizeof(*section));
	ret->link = link;
	ret->nlinks = w.nlinks;
	ret->section = section;
	ret->nsections = w.nsections;
	free(w.link);
	free(w.section);
	free(w.line);
	return record;
}

/* ---- the folder ---- */

struct reader {
	struct tree *tree;
	struct arena *arena;
	struct adr *item;
	struct adr_problem *problem;
	uint32_t count, cap, nproblems, problem_cap;
	uint32_t files;
	struct adrs *ret;
};

static void add_problem(struct reader *r, struct adr_problem p)
{
	VEC_RESERVE(r->problem, r->problem_cap, r->nproblems + 1);
	r->problem[r->nproblems++] = p;
}

static void read_record(struct reader *r, const char *path, uint32_t ref)
{
	size_t max = (size_t)limit_of(LIMIT_ADR_BYTES);
	struct adr_problem problem;
	struct tree_buf buf = { 0 };
	struct err cause = ERR_INIT;

	if (tree_read(r->tree, path, ref, max + 1, &buf, &cause)) {
		add_problem(r, (struct adr_problem){
			path, arena_printf(r->arena, "cannot be read: %s", cause.msg), 0, 0 });
	} else if (buf.len > max) {
		add_problem(r, (struct adr_problem){
			path, arena_printf(r->arena, "has more than %zu bytes (limit "
					   "decision-bytes)", max), 0, 0 });
	} else {
		const char *bytes = arena_strndup(r->arena, buf.len ? buf.bytes : "", buf.len);

		VEC_RESERVE(r->item, r->cap, r->count + 1);
		if (adr_parse(path, bytes, buf.len, r->arena, &r->item[r->count], &problem))
			r->count++;
		else if (!problem.text)
			r->ret->others++;
		if (problem.text)
			add_problem(r, problem);
	}
	tree_buf_release(&buf);
}

static bool wants(const char *name)
{
	return *name != '.' && (is_markdown(name) || is_yaml(name));
}

struct folder { const char *path; uint32_t depth; };

static int read_folder(struct reader *r, const char *dir, struct err *err)
{
	struct folder *todo = NULL;
	uint32_t n = 0, cap = 0;

	VEC_RESERVE(todo, cap, 1);
	todo[n++] = (struct folder){ dir, 0 };
	while (n) {
		struct folder at = todo[--n];
		struct tree_entry *entry;
		uint32_t count;

		if (tree_list_files(r->tree, at.path, wants, r->arena, &entry, &count, err)) {
			free(todo);
			return err_wrap(err, "cannot list the decision records in '%s'", at.path);
		}
		for (uint32_t i = 0; i < count; i++) {
			const char *path = path_join(r->arena, at.path, entry[i].name);
			bool skipped = *entry[i].name == '.' || !strcmp(entry[i].name, "templates");

			if (entry[i].kind == ENTRY_DIR && !skipped && at.depth < FOLDERS_DEEP) {
				VEC_RESERVE(todo, cap, n + 1);
				todo[n++] = (struct folder){ path, at.depth + 1 };
			} else if (entry[i].kind == ENTRY_FILE && wants(entry[i].name)) {
				if (r->files++ < limit_of(LIMIT_ADRS))
					read_record(r, path, entry[i].ref);
				else
					r->ret->cut = true;
			}
		}
	}
	free(todo);
	return 0;
}

/* ---- links ---- */

static int by_number(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct adr *a = va, *b = vb;
	uint32_t na = adr_order(a), nb = adr_order(b);

	return na != nb ? (na > nb ? 1 : -1) : strcmp(a->path, b->path);
}

static int by_path(const void *va, const void *vb, void *ctx)
{
	const struct adr *item = ctx;

	return strcmp(item[*(const uint32_t *)va].path, item[*(const uint32_t *)vb].path);
}

static uint32_t find_path(const struct adrs *a, const uint32_t *order, const char *path)
{
	uint32_t lo = 0, hi = a->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(a->item[order[mid]].path, path);

		if (!c)
			return order[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return ADR_NONE;
}

static const char *beside(const char *path, const char *target, struct arena *arena)
{
	const char *slash = strrchr(path, '/');
	const char *dir = slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
	const char *hash = strchr(target, '#');

	if (hash && hash != target)
		target = arena_strndup(arena, target, (size_t)(hash - target));
	return path_clean(arena, path_join(arena, dir, target));
}

static void resolve(struct tree *t, const struct adrs *a, const uint32_t *order,
		    const struct adr *r, struct adr_link *l, struct arena *arena)
{
	bool file = is_markdown(l->target) || is_yaml(l->target) || strchr(l->target,
		'#') > l->target;
	const char *path = beside(r->path, l->target, arena);
	uint32_t ref;

	l->record = path ? find_path(a, order, path) : ADR_NONE;
	if (l->record != ADR_NONE)
		return;
	if (l->relation == ADR_REFERS || file) {
		/* What leaves the tree cannot be looked at. */
		l->broken = path && !tree_find(t, path, arena, &ref);
		return;
	}
	for (uint32_t i = 0; i < a->count && l->record == ADR_NONE; i++)
		if (!strcmp(a->item[i].name, l->target))
			l->record = i;
	if (l->record == ADR_NONE)
		l->record = adr_numbered(a, l->target);
	l->broken = l->record == ADR_NONE;
}

static void tie(struct reader *r, struct adrs *a)
{
	uint32_t *order = arena_array(r->arena, uint32_t, a->count + 1);

	for (uint32_t i = 0; i < a->count; i++)
		order[i] = i;
	sort_with(order, a->count, sizeof(*order), by_path, r->item);
	for (uint32_t i = 0; i < a->count; i++)
		for (uint32_t k = 0; k < r->item[i].nlinks; k++)
			/* This file made the array. */
			resolve(r->tree, a, order, &r->item[i],
				(struct adr_link *)(uintptr_t)&r->item[i].link[k], r->arena);
}

static enum adr_format most(const struct adr *item, uint32_t count)
{
	uint32_t seen[ADR_FORMATS] = { 0 };
	enum adr_format best = ADR_MADR;

	for (uint32_t i = 0; i < count; i++)
		seen[item[i].format]++;
	for (unsigned f = 0; f < ADR_FORMATS; f++)
		if (seen[f] > seen[best])
			best = (enum adr_format)f;
	return best;
}

static int read_dir(struct reader *r, const char *dir, const char *said_by, struct err *err)
{
	struct adrs *a = r->ret;

	a->dir = arena_strdup(r->arena, dir);
	a->said_by = said_by;
	r->count = r->nproblems = r->files = 0;
	a->others = 0;
	return read_folder(r, a->dir, err);
}

static void finish(struct reader *r)
{
	struct adrs *a = r->ret;
	struct adr *item = arena_array(r->arena, struct adr, r->count);

	if (a->cut)
		add_problem(r, (struct adr_problem){
			.path = a->dir, .text = "there are more decision records than are read "
			"(limit decision-records)" });
	struct adr_problem *problem = arena_array(r->arena, struct adr_problem, r->nproblems);

	sort_with(r->item, r->count, sizeof(*r->item), by_number, NULL);
	if (r->count)
		memcpy(item, r->item, r->count * sizeof(*item));
	if (r->nproblems)
		memcpy(problem, r->problem, r->nproblems * sizeof(*problem));
	free(r->item);
	free(r->problem);
	r->item = item;
	a->item = item;
	a->problem = problem;
	a->count = r->count;
	a->nproblems = r->nproblems;
	a->format = most(item, a->count);
	tie(r, a);
}

/* The first line of a file, or what stands behind the nth `key`; NULL without it. */
static const char *line_of(struct tree *t, const char *path, const char *key, uint32_t nth,
			   struct arena *arena)
{
	struct tree_buf buf = { 0 };
	struct err ignored = ERR_INIT;
	const char *found = NULL;
	uint32_t ref;

	if (tree_find(t, path, arena, &ref) && !tree_read(t, path, ref, 65536, &buf, &ignored)) {
		const char *s = arena_strndup(arena, buf.len ? buf.bytes : "", buf.len);

		for (uint32_t i = 0; key && s && i <= nth; i++)
			if ((s = strstr(s, key)))
				s += strlen(key);
		if (s) {
			s += strspn(s, " \t\"'");
			found = arena_strndup(arena, s, strcspn(s, "\r\n\"'#"));
		}
	}
	tree_buf_release(&buf);
	if (found && *found)
		found = path_clean(arena, arena_strndup(arena, found,
							strcspn(found, " \t")));
	return found && *found && *found != '/' ? found : NULL;
}

/* Folders that a tool's own file names: one, but of log4brains one a package as well. */
struct told { const char *dir[TOLD_MOST], *by; uint32_t count; };

/* What .adr-dir or .log4brains.yml says, from `folder` up to the root. */
static void told(struct tree *t, const char *folder, struct arena *arena, struct told *ret)
{
	*ret = (struct told){ .by = ".adr-dir" };
	for (const char *at = folder;;) {
		const char *slash = strrchr(at, '/');
		const char *own = path_join(arena, at, ".log4brains.yml");
		const char *dir = line_of(t, path_join(arena, at, ".adr-dir"), NULL, 0, arena);

		if (dir)
			ret->dir[ret->count++] = path_clean(arena, path_join(arena, at, dir));
		while (!strcmp(ret->by, ".log4brains.yml") || !ret->count) {
			if (ret->count == TOLD_MOST ||
			    !(dir = line_of(t, own, "adrFolder:", ret->count, arena)))
				break;
			ret->by = ".log4brains.yml";
			ret->dir[ret->count++] = path_clean(arena, path_join(arena, at, dir));
		}
		if (ret->count || !*at)
			return;
		at = slash ? arena_strndup(arena, at, (size_t)(slash - at)) : "";
	}
}

/* The first one is where new records go; what is named has to be there. */
static int read_told(struct reader *r, const struct told *w, struct err *err)
{
	r->ret->dir = w->dir[0];
	r->ret->said_by = w->by;
	for (uint32_t i = 0; i < w->count; i++) {
		uint32_t ref;

		if (!tree_find(r->tree, w->dir[i], r->arena, &ref))
			r->ret->missing = r->ret->missing ? r->ret->missing : w->dir[i];
		else if (read_folder(r, w->dir[i], err))
			return -1;
	}
	return 0;
}

static int find_and_read(struct reader *r, const char *folder, struct err *err)
{
	struct told where;

	told(r->tree, folder, r->arena, &where);
	if (where.count)
		return read_told(r, &where, err);
	for (size_t i = 0; i < 2 * ARRAY_SIZE(usual); i++) {
		/* Beside the policy first, then at the root. */
		const char *in = i < ARRAY_SIZE(usual) ? folder : "";
		const char *dir = path_join(r->arena, in, usual[i % ARRAY_SIZE(usual)]);
		uint32_t ref;

		if (!tree_find(r->tree, dir, r->arena, &ref) || ref != TREE_NO_REF)
			continue;
		if (read_dir(r, dir, "name", err))
			return -1;
		if (r->count || r->nproblems)
			return 0;
		r->ret->dir = NULL;
	}
	return 0;
}

int adrs_read(struct tree *t, const char *folder, const char *dir, struct arena *arena,
	      struct adrs *ret, struct err *err)
{
	struct reader r = { .tree = t, .arena = arena, .ret = ret };
	const struct told policy = { .dir = { dir }, .by = "policy", .count = 1 };
	int rc;

	*ret = (struct adrs){ .said_by = "name" };
	rc = dir ? read_told(&r, &policy, err) : find_and_read(&r, folder, err);
	finish(&r);
	return rc;
}
