/* SPDX-License-Identifier: MIT */
/* adr.c - finds the folder of decision records and reads them. */
#include "graph/source/adr/adr_work.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define TOLD_MOST 64u                   /* folders that .log4brains.yml may name */

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

/* "2024-01-31", and nothing more or a dash. */
static bool is_day(const char *s)
{
	static const char form[] = "dddd-dd-dd";

	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'd' ? !is_digit(s[i]) : s[i] != form[i])
			return false;
	return !is_digit(s[sizeof(form) - 1]);
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
	if (s == r->name && is_day(s))          /* 2024-01-31-use-x: no number 2024 */
		r->dated = arena_printf(arena, "%.4s%.2s%.2s", s, s + 5, s + 8);
	else if (n == 8 && s == r->name)
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
	/* UTF-16, or no text at all: what stands behind the zero would be lost. */
	if (memchr(bytes, '\0', len)) {
		*ret_problem = (struct adr_problem){ .path = path,
			.text = "has a byte of zero, and is no text in UTF-8" };
		return false;
	}
	adr_lines(&w);
	if (adr_is_yaml(path)) {
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

/* The number that a file's name gives is taken, whatever is in the file. */
static void count_number(struct reader *r, const char *path)
{
	struct adr named = { .path = path };

	take_name(&named, r->arena);
	if (named.number > r->ret->most)
		r->ret->most = named.number;
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
	return *name != '.' && (adr_is_markdown(name) || adr_is_yaml(name));
}

struct folder { const char *path; uint32_t depth; };

struct folders { struct folder *item; uint32_t count, cap; };

static void problem_at(struct reader *r, const char *path, const char *text)
{
	add_problem(r, (struct adr_problem){ .path = path, .text = text });
}

static void take_folder(struct reader *r, struct folders *todo, const char *path, uint32_t depth)
{
	uint64_t most = limit_of(LIMIT_ADR_FOLDERS);

	if (depth > most) {
		problem_at(r, path, arena_printf(r->arena, "lies more than %u folders deep: what "
			"is in it is not read (limit decision-folders)", (unsigned)most));
		return;
	}
	VEC_RESERVE(todo->item, todo->cap, todo->count + 1);
	todo->item[todo->count++] = (struct folder){ path, depth };
}

static void take_entry(struct reader *r, struct folders *todo, const struct folder *at,
		       const struct tree_entry *e)
{
	const char *path = path_join(r->arena, at->path, e->name);
	bool skipped = *e->name == '.' || !strcmp(e->name, "templates");

	switch (e->kind) {
	case ENTRY_DIR:
		if (!skipped)
			take_folder(r, todo, path, at->depth + 1);
		return;
	case ENTRY_DIR_LINK:
		r->ret->links += !skipped;
		return;
	case ENTRY_FILE:
	case ENTRY_BROKEN:
		break;
	case ENTRY_IRREGULAR:
		return;
	}
	if (!wants(e->name))
		return;
	count_number(r, path);
	if (r->files++ >= limit_of(LIMIT_ADRS))
		r->ret->cut = true;
	else if (e->kind == ENTRY_BROKEN)
		problem_at(r, path, "is a link that leads nowhere, or out of the repository");
	else
		read_record(r, path, e->ref);
}

static void read_folder(struct reader *r, const char *dir)
{
	struct folders todo = { 0 };

	take_folder(r, &todo, dir, 0);
	while (todo.count) {
		struct folder at = todo.item[--todo.count];
		struct err cause = ERR_INIT;
		struct tree_entry *entry;
		uint32_t count;

		if (tree_list_files(r->tree, at.path, wants, r->arena, &entry, &count, &cause)) {
			problem_at(r, at.path, arena_printf(r->arena, "cannot be listed: %s",
							    cause.msg));
			r->ret->unlisted = at.path;
			continue;
		}
		for (uint32_t i = 0; i < count; i++)
			take_entry(r, &todo, &at, &entry[i]);
	}
	free(todo.item);
}

static int by_number(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct adr *a = va, *b = vb;
	uint32_t na = adr_order(a), nb = adr_order(b);

	return na != nb ? (na > nb ? 1 : -1) : strcmp(a->path, b->path);
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

static void read_dir(struct reader *r, const char *dir, const char *said_by)
{
	struct adrs *a = r->ret;

	*a = (struct adrs){ .dir = arena_strdup(r->arena, dir), .said_by = said_by };
	r->count = r->nproblems = r->files = 0;
	read_folder(r, a->dir);
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
	adr_tie(r->tree, a, r->arena);
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
static void read_told(struct reader *r, const struct told *w)
{
	r->ret->dir = w->dir[0];
	r->ret->said_by = w->by;
	for (uint32_t i = 0; i < w->count; i++) {
		uint32_t ref;

		if (tree_find(r->tree, w->dir[i], r->arena, &ref))
			read_folder(r, w->dir[i]);
		else if (!r->ret->missing)
			r->ret->missing = w->dir[i];
	}
}

/* A program called "adr" is no folder of records. */
static bool is_file(struct tree *t, const char *path, uint32_t ref)
{
	struct tree_buf buf = { 0 };
	struct err ignored = ERR_INIT;
	bool file = ref != TREE_NO_REF || !tree_read(t, path, ref, 1, &buf, &ignored);

	tree_buf_release(&buf);
	return file;
}

static void find_and_read(struct reader *r, const char *folder)
{
	struct told where;

	told(r->tree, folder, r->arena, &where);
	if (where.count) {
		read_told(r, &where);
		return;
	}
	for (size_t i = 0; i < 2 * ARRAY_SIZE(usual); i++) {
		/* Beside the policy first, then at the root. */
		const char *in = i < ARRAY_SIZE(usual) ? folder : "";
		const char *dir = path_join(r->arena, in, usual[i % ARRAY_SIZE(usual)]);
		uint32_t ref;

		if (!tree_find(r->tree, dir, r->arena, &ref) || is_file(r->tree, dir, ref))
			continue;
		read_dir(r, dir, "name");
		if (r->count || r->nproblems)
			return;
		*r->ret = (struct adrs){ .said_by = "name" };
	}
}

void adrs_read(struct tree *t, const char *folder, const char *dir, struct arena *arena,
	       struct adrs *ret)
{
	struct reader r = { .tree = t, .arena = arena, .ret = ret };
	const struct told policy = { .dir = { dir }, .by = "policy", .count = 1 };

	*ret = (struct adrs){ .said_by = "name" };
	if (dir)
		read_told(&r, &policy);
	else
		find_and_read(&r, folder);
	finish(&r);
}
