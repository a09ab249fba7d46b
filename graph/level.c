/* SPDX-License-Identifier: MIT */
/*
 * level.c - the rows of levels, and the graph at one of them: which group a
 * package belongs to, and what the group is called.
 */
#include "graph/level.h"

#include <stdlib.h>
#include <string.h>

struct level_row {
	const char *name;               /* "dir:" is followed by a number */
	bool has_depth;
	const char *node, *nodes;       /* what its nodes are */
	enum graph_part part;
};

static const struct level_row rows[] = {
	[LEVEL_PACKAGE] = { "package", false, "package", "packages", PARTS },
	[LEVEL_TEST] = { "test", false, "package", "packages", PARTS },
	[LEVEL_DIR] = { "dir:", true, "folder", "folders", PARTS },
	[LEVEL_MODULE] = { "module", false, "module", "modules", PARTS },
	[LEVEL_LAYER] = { "layer", false, "layer", "layers", PART_LAYER },
	[LEVEL_CONTEXT] = { "context", false, "context", "contexts", PART_CONTEXT },
	[LEVEL_DOMAIN] = { "domain", false, "domain", "domains", PART_DOMAIN },
};

#define LEVELS_THERE_ARE "package, test, dir:K with K from 1, module, layer, context or domain"

/* Folders are never deeper than reading goes; a number of five digits is a mistake. */
#define DEPTH_DIGITS 4

static uint32_t parse_depth(const char *text)
{
	uint32_t depth = 0;
	size_t n = strspn(text, "0123456789");

	if (!n || n > DEPTH_DIGITS || text[n] || text[0] == '0')
		return 0;
	for (; *text; text++)
		depth = depth * 10 + (uint32_t)(*text - '0');
	return depth;
}

int level_parse(const char *text, struct level *ret, struct err *err)
{
	for (uint32_t k = 0; k < ARRAY_SIZE(rows); k++) {
		const struct level_row *row = &rows[k];

		if (strncmp(text, row->name, strlen(row->name)))
			continue;
		const char *rest = text + strlen(row->name);
		uint32_t depth = row->has_depth ? parse_depth(rest) : 0;

		if (row->has_depth ? !depth : *rest != '\0')
			continue;
		*ret = (struct level){ (enum level_kind)k, depth };
		return 0;
	}
	return err_set(err, ERR_USAGE, "unknown level '%s': choose " LEVELS_THERE_ARE, text);
}

enum graph_part level_part(struct level level)
{
	return rows[level.kind].part;
}

const char *level_nodes(struct level level)
{
	return rows[level.kind].nodes;
}

const char *level_node(struct level level)
{
	return rows[level.kind].node;
}

int level_check(const struct graph *g, struct level level, struct err *err)
{
	enum graph_part part = level_part(level);

	if (part == PARTS || g->part[part])
		return 0;
	if (part == PART_CONTEXT)
		return err_set(err, ERR_USAGE, "no contexts are known: no policy names them, and "
			       "the names of folders do not repeat so that they could be guessed; "
			       "choose another level than context");
	if (part == PART_DOMAIN)
		return err_set(err, ERR_USAGE, "no domains are known: no file has a comment "
			       "'// domain: NAME' before its first declaration, and no policy "
			       "names contexts; choose another level than domain");
	return err_set(err, ERR_USAGE, "no %s are known: a policy names them, and none is read; "
		       "choose " LEVELS_THERE_ARE, level_nodes(level));
}

const char *level_name(struct level level, struct arena *arena)
{
	const struct level_row *row = &rows[level.kind];

	return row->has_depth ? arena_printf(arena, "%s%u", row->name, level.depth) : row->name;
}

/* The folder of a package below its module's: "" for the module's own. */
static const char *below_module(const struct source *s, dir_id dir)
{
	const struct go_dir *d = &s->dir[dir.v];
	const char *path = sym_text(s->syms, d->path);

	if (d->module.v == ID_NONE)
		return path;
	const char *base = sym_text(s->syms, s->module[d->module.v].folder);
	size_t len = strlen(base);

	if (!len)
		return path;
	if (strncmp(path, base, len) || (path[len] && path[len] != '/'))
		BUG("folder '%s' is not below that of its module, '%s'", path, base);
	return path[len] ? path + len + 1 : path + len;
}

/* Bytes of the first k segments of a folder; all of it where it is shorter. */
static size_t cut_at(const char *path, uint32_t k)
{
	size_t n = 0;

	for (; path[n]; n++)
		if (path[n] == '/' && !--k)
			break;
	return n;
}

static uint32_t common_segments(const char *a, const char *b)
{
	uint32_t n = 0;
	size_t i = 0;

	for (; a[i] && a[i] == b[i]; i++)
		n += a[i] == '/';
	/* One ends where a segment of the other does: that segment is common too. */
	if (i && (!a[i] || a[i] == '/') && (!b[i] || b[i] == '/'))
		n++;
	return n;
}

uint32_t level_max_depth(const struct source *s, const struct graph *g)
{
	bool *used = xcalloc(s->ndirs, sizeof(*used));
	const char **last = xcalloc((size_t)s->nmodules + 1, sizeof(*last));
	uint32_t depth = 0;

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (g->dir[p].v != ID_NONE)
			used[g->dir[p].v] = true;
	/* Folders are sorted segment by segment: those with most in common are neighbours. */
	for (uint32_t d = 0; d < s->ndirs; d++) {
		mod_id m = s->dir[d].module;
		const char **before = &last[m.v == ID_NONE ? s->nmodules : m.v];
		const char *path = used[d] ? below_module(s, (dir_id){ d }) : NULL;

		if (!path)
			continue;
		uint32_t common = *before ? common_segments(*before, path) : 0;

		if (common > depth)
			depth = common;
		*before = path;
	}
	free(used);
	free(last);
	return depth;
}

/* What the nodes of a level are: folders cut somewhere, with an identity and a label each. */
struct grouping {
	const struct source *s;
	uint32_t *group;                /* [npkgs] */
	uint32_t *of_sym;               /* group + 1 by symbol of its name; 0 = none yet */
	uint32_t nsyms;
	sym_id *name, *label;           /* [ngroups] */
	dir_id *dir;                    /* [ngroups] ID_NONE where several are in it */
	uint32_t ngroups;
};

static uint32_t group_named(struct grouping *w, sym_id name)
{
	if (name.v >= w->nsyms) {
		uint32_t want = w->s->syms->count * 2;

		w->of_sym = xrealloc(w->of_sym, want, sizeof(*w->of_sym));
		memset(w->of_sym + w->nsyms, 0, (want - w->nsyms) * sizeof(*w->of_sym));
		w->nsyms = want;
	}
	if (!w->of_sym[name.v]) {
		w->name[w->ngroups] = name;
		w->of_sym[name.v] = ++w->ngroups;
	}
	return w->of_sym[name.v] - 1;
}

static sym_id identity(const struct source *s, sym_id folder)
{
	return folder.v ? folder : sym_from(s->syms, ".");
}

static sym_id module_label(const struct source *s, mod_id m, sym_id otherwise)
{
	return m.v != ID_NONE && s->module[m.v].path.v ? s->module[m.v].path : otherwise;
}

/* What has no folder stands alone at every level. */
static uint32_t place_alone(struct grouping *w, const struct graph *graph, uint32_t p)
{
	uint32_t g = group_named(w, graph->id[p]);

	w->label[g] = graph->label[p];
	w->dir[g] = (dir_id){ ID_NONE };
	return g;
}

sym_id level_group(const struct source *s, struct level level, dir_id dir, sym_id *ret_label)
{
	const struct go_dir *d = &s->dir[dir.v];
	const char *path = sym_text(s->syms, d->path), *below = below_module(s, dir);
	size_t before = (size_t)(below - path), len;
	sym_id name = identity(s, d->path), folder = { 0 };

	*ret_label = name;
	switch (level.kind) {
	case LEVEL_PACKAGE:
	case LEVEL_LAYER:
	case LEVEL_CONTEXT:
	case LEVEL_DOMAIN:
		BUG("level kind %d does not group folders", (int)level.kind);
	case LEVEL_TEST:
		*ret_label = d->import_path.v ? d->import_path : name;
		break;
	case LEVEL_DIR:
		len = before + cut_at(below, level.depth);
		if (len) {
			name = sym_intern(s->syms, path, len);
			*ret_label = name;
		}
		break;
	case LEVEL_MODULE:
		if (d->module.v != ID_NONE)
			folder = s->module[d->module.v].folder;
		name = identity(s, folder);
		*ret_label = module_label(s, d->module, name);
		break;
	}
	return name;
}

/* Puts the package in folder `dir` where the level wants it. */
static uint32_t place(struct grouping *w, struct level level, dir_id dir)
{
	sym_id label, name = level_group(w->s, level, dir, &label);
	uint32_t g = group_named(w, name);

	w->label[g] = label;
	w->dir[g] = level.kind == LEVEL_TEST ? dir : (dir_id){ ID_NONE };
	return g;
}

/* A package is where somebody says, else nowhere. */
static uint32_t place_part(struct grouping *w, const sym_id *part, uint32_t p)
{
	if (!part[p].v)
		return ID_NONE;
	uint32_t g = group_named(w, part[p]);

	w->label[g] = part[p];
	w->dir[g] = (dir_id){ ID_NONE };
	return g;
}

/* graph_quotient() knows names only: puts labels and folders in. */
static const struct graph *relabel(const struct graph *q, const struct grouping *w,
				   struct arena *arena)
{
	struct graph *g = arena_new(arena, struct graph);
	sym_id *label = arena_array(arena, sym_id, q->npkgs);
	dir_id *dir = arena_array(arena, dir_id, q->npkgs);

	for (uint32_t p = 0; p < q->npkgs; p++) {
		uint32_t i = w->of_sym[q->id[p].v] - 1;

		label[p] = w->label[i];
		dir[p] = w->dir[i];
	}
	*g = *q;
	g->label = label;
	g->dir = dir;
	return g;
}

const struct graph *level_graph(const struct source *s, const struct graph *g, struct level level,
				struct arena *arena)
{
	enum graph_part part = level_part(level);

	if (level.kind == LEVEL_PACKAGE)
		return g;
	if (part != PARTS && !g->part[part])
		BUG("a graph without %s", level_nodes(level));
	struct grouping w = {
		.s = s, .nsyms = s->syms->count,
		.of_sym = xcalloc(s->syms->count, sizeof(*w.of_sym)),
		.group = xrealloc(NULL, g->npkgs, sizeof(*w.group)),
		.name = xrealloc(NULL, g->npkgs, sizeof(*w.name)),
		.label = xrealloc(NULL, g->npkgs, sizeof(*w.label)),
		.dir = xrealloc(NULL, g->npkgs, sizeof(*w.dir)),
	};

	for (uint32_t p = 0; p < g->npkgs; p++)
		w.group[p] = g->dir[p].v == ID_NONE ? place_alone(&w, g, p) :
			     part != PARTS ? place_part(&w, g->part[part], p) :
			     place(&w, level, g->dir[p]);
	const struct graph *q = graph_quotient(g, w.group, w.ngroups, w.name, arena);

	q = relabel(q, &w, arena);
	free(w.group);
	free(w.of_sym);
	free(w.name);
	free(w.label);
	free(w.dir);
	return q;
}
