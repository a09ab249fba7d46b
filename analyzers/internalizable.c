/* SPDX-License-Identifier: MIT */
/*
 * internalizable.c - which packages could move below an internal folder.
 *
 * Folders are sorted segment by segment, so the packages below one are a range,
 * and counting them is two binary searches.
 */
#include "analyzers/internalizable.h"
#include "analyzers/internal.h"

#include <string.h>

struct prefix { const char *text; size_t len; };        /* a folder; "" is the root */

struct place { mod_id module; uint32_t dir; };          /* of one package */

struct world {
	const struct source *source;
	const struct graph *graph;
	struct place *place;            /* packages, external tests not, by module, then folder */
	uint32_t nplaces;
	uint32_t *xtest;                /* [ndirs] the node of its external tests, or ID_NONE */
	uint32_t *seen;                 /* [ndirs] 1 + the last package that it was counted for */
};

static unsigned rank(char c)
{
	return !c ? 0 : c == '/' ? 1 : 1u + (unsigned char)c;
}

/* In the order of folders: what is above comes first, then a slash before everything else. */
static int compare_folders(const char *a, struct prefix b)
{
	size_t i = 0;

	while (i < b.len && a[i] == b.text[i])
		i++;
	if (i == b.len)
		return a[i] != '\0';
	return rank(a[i]) < rank(b.text[i]) ? -1 : 1;
}

static bool is_below(struct prefix path, struct prefix folder)
{
	return !folder.len || (path.len >= folder.len &&
			       !memcmp(path.text, folder.text, folder.len) &&
			       (path.len == folder.len || path.text[folder.len] == '/'));
}

static struct prefix whole(const char *path)
{
	return (struct prefix){ path, strlen(path) };
}

static struct prefix dir_path(const struct source *s, uint32_t dir)
{
	return whole(sym_text(s->syms, s->dir[dir].path));
}

static struct prefix folder_of(const struct world *w, uint32_t p)
{
	return dir_path(w->source, w->graph->dir[p].v);
}

static int compare_places(const void *left, const void *right, void *ctx UNUSED)
{
	const struct place *a = left, *b = right;

	if (a->module.v != b->module.v)
		return a->module.v < b->module.v ? -1 : 1;
	return a->dir < b->dir ? -1 : a->dir > b->dir;
}

static void world_init(struct world *w, const struct source *s, const struct graph *g,
		       struct arena *arena)
{
	*w = (struct world){
		.source = s, .graph = g, .place = arena_array(arena, struct place, g->npkgs),
		.xtest = arena_array(arena, uint32_t, s->ndirs),
		.seen = arena_array(arena, uint32_t, s->ndirs),
	};
	for (uint32_t d = 0; d < s->ndirs; d++)
		w->xtest[d] = ID_NONE;
	for (uint32_t p = 0; p < g->npkgs; p++) {
		uint32_t d = g->dir[p].v;

		if (d == ID_NONE)
			continue;
		if (g->flags[p] & NODE_XTEST)
			w->xtest[d] = p;
		else
			w->place[w->nplaces++] = (struct place){ s->dir[d].module, d };
	}
	sort_with(w->place, w->nplaces, sizeof(*w->place), compare_places, NULL);
}

/* The first package of the module at or behind folder number `dir`. */
static uint32_t first_place(const struct world *w, mod_id module, uint32_t dir)
{
	const struct place want = { module, dir };
	uint32_t low = 0, high = w->nplaces;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (compare_places(&w->place[mid], &want, NULL) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The first folder of the source that is at or behind `folder`; or behind all that is below it. */
static uint32_t first_dir(const struct source *s, struct prefix folder, bool behind)
{
	uint32_t low = 0, high = s->ndirs;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		struct prefix path = dir_path(s, mid);

		if ((behind && is_below(path, folder)) || compare_folders(path.text, folder) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static uint32_t packages_below(const struct world *w, mod_id module, struct prefix folder)
{
	return first_place(w, module, first_dir(w->source, folder, true)) -
	       first_place(w, module, first_dir(w->source, folder, false));
}

/* The folder that the last `internal` of a path guards; false when there is none. */
static bool guard_of(const char *path, struct prefix *ret)
{
	size_t len;

	if (!internal_guard(path, &len))
		return false;
	*ret = (struct prefix){ path, len };
	return true;
}

static struct prefix parent_of(struct prefix path)
{
	while (path.len && path.text[path.len - 1] != '/')
		path.len--;
	path.len -= path.len > 0;
	return path;
}

/* What both have in common, whole segments. */
static struct prefix common_folder(struct prefix a, struct prefix b)
{
	while (!is_below(b, a))
		a = parent_of(a);
	return a;
}

/* Below internal/internal nothing is guarded better than below internal. */
static struct prefix without_internal(struct prefix f)
{
	static const char word[] = "internal";
	const size_t n = sizeof(word) - 1;

	while (f.len >= n && !memcmp(f.text + f.len - n, word, n) &&
	       (f.len == n || f.text[f.len - n - 1] == '/'))
		f = parent_of(f);
	return f;
}

/* False where nobody imports it, or somebody of another module does. */
static bool look_at_importers(struct world *w, uint32_t p, struct prefix *ret_folder,
			      struct internalizable *ret)
{
	const struct graph *g = w->graph;
	const struct go_dir *dirs = w->source->dir;
	uint32_t own = g->dir[p].v;
	bool same = true;

	for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
		uint32_t from = g->in_from[i], edge = g->in_edge[i], d = g->dir[from].v;

		if (d == ID_NONE)
			return false;
		same = same && dirs[d].module.v == dirs[own].module.v;
		ret->lines += g->site_first[edge + 1] - g->site_first[edge];
		if (d == own || w->seen[d] == p + 1)
			continue;
		w->seen[d] = p + 1;
		*ret_folder = ret->importers++ ? common_folder(*ret_folder, folder_of(w, from)) :
						 folder_of(w, from);
	}
	return same && ret->importers;
}

/* What it and its tests import may be guarded as well: would they still be let in from there? */
static bool may_still_import(const struct world *w, uint32_t p, struct prefix folder)
{
	const struct graph *g = w->graph;
	const uint32_t both[2] = { p, w->xtest[g->dir[p].v] };

	for (unsigned i = 0; i < 2 && both[i] != ID_NONE; i++)
		graph_foreach_out(g, both[i], e) {
			uint32_t q = g->out_to[e];
			struct prefix guard;

			if (q != p && g->dir[q].v != ID_NONE &&
			    guard_of(folder_of(w, q).text, &guard) && !is_below(folder, guard))
				return false;
		}
	return true;
}

static bool is_candidate(const struct world *w, uint32_t p)
{
	const struct source *s = w->source;
	uint32_t flags = w->graph->flags[p], d = w->graph->dir[p].v;

	if (d == ID_NONE || !(flags & NODE_REPORTED) ||
	    flags & (NODE_XTEST | NODE_MAIN | NODE_TEST_ONLY) || s->dir[d].flags & DIR_VENDOR ||
	    s->dir[d].module.v == ID_NONE)
		return false;
	return strcmp(sym_text(s->syms, s->module[s->dir[d].module.v].path), "std") != 0;
}

/* Fills *ret and returns true where a move keeps out most of those who could import it today. */
static bool could_move(struct world *w, uint32_t p, uint64_t *judged, struct arena *arena,
		       struct internalizable *ret)
{
	const struct source *s = w->source;
	mod_id m = s->dir[w->graph->dir[p].v].module;
	struct prefix own = folder_of(w, p), folder = { "", 0 };
	struct prefix module = whole(sym_text(s->syms, s->module[m.v].folder)), guard = module;

	*ret = (struct internalizable){ .package = { p } };
	if (!look_at_importers(w, p, &folder, ret))
		return false;
	++*judged;
	/* A package above all its importers is the face of their folder. */
	if (own.len <= module.len || is_below(folder, own))
		return false;
	folder = without_internal(common_folder(folder, parent_of(own)));
	ret->guarded = guard_of(own.text, &guard);
	if (!is_below(guard, module))
		guard = module;
	if (folder.len <= module.len || !is_below(folder, guard))
		return false;
	uint32_t today = packages_below(w, m, guard), then = packages_below(w, m, folder);

	ret->gain = today - then;
	if (!ret->gain || ret->gain < then - 1 || !may_still_import(w, p, folder))
		return false;
	ret->folder = arena_strndup(arena, folder.text, folder.len);
	ret->to = arena_printf(arena, "%s/internal/%s", ret->folder, own.text + folder.len + 1);
	return true;
}

static int compare(const void *left, const void *right, void *ctx UNUSED)
{
	const struct internalizable *a = left, *b = right;

	if (a->gain != b->gain)
		return a->gain > b->gain ? -1 : 1;
	if (a->importers != b->importers)
		return a->importers < b->importers ? -1 : 1;
	return a->package.v < b->package.v ? -1 : a->package.v > b->package.v;
}

void internalizable_find(const struct source *s, const struct graph *g, struct arena *arena,
			 struct internalizables *ret)
{
	struct internalizable *item = arena_array(arena, struct internalizable, g->npkgs);
	struct world w;

	world_init(&w, s, g, arena);
	*ret = (struct internalizables){ .item = item };
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (is_candidate(&w, p))
			ret->count += could_move(&w, p, &ret->judged, arena, &item[ret->count]);
	sort_with(item, ret->count, sizeof(*item), compare, NULL);
}
