/* SPDX-License-Identifier: MIT */
/* names.c - looks a name up in the order that names.h gives, and says what is near it. */
#include "graph/names.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define CANDIDATES_MAX 4u               /* listed of an ambiguous name */
#define NEAR_MAX 3u
#define SHOWN ".80s"                    /* of a name in a message */

struct lookup {
	const struct names *n;
	const char *text;               /* as typed, for messages */
	const char *name;               /* without "/..." and slashes at its end */
	const char *folder[2];          /* from here, from the root; NULL = none */
	bool below;                     /* "/..." was there */
	struct arena *arena;
	struct outside outside;         /* listed when first wanted */
	bool listed;
	const char **candidate;         /* what an ambiguous name may mean */
	uint32_t ncandidates, cap;
};

static const char *id_text(const struct names *n, uint32_t p)
{
	return sym_text(n->graph->syms, n->graph->id[p]);
}

static const char *label_text(const struct names *n, uint32_t p)
{
	return sym_text(n->graph->syms, n->graph->label[p]);
}

/* "." is the identity of the root, "" its path. */
static const char *folder_of(const char *id)
{
	return strcmp(id, ".") ? id : "";
}

static bool is_relative(const char *text)
{
	return !strcmp(text, ".") || !strcmp(text, "..") || !strncmp(text, "./", 2) ||
	       !strncmp(text, "../", 3);
}

static void lookup_init(struct lookup *k, const struct names *n, const char *text,
			struct arena *arena)
{
	size_t len = strlen(text);

	*k = (struct lookup){ .n = n, .text = text, .arena = arena };
	if (len > 3 && !strcmp(text + len - 4, "/...")) {
		k->below = true;
		len -= 4;
	} else if (!strcmp(text, "...")) {
		k->below = true;
		len = 0;
	}
	while (len > 1 && text[len - 1] == '/')
		len--;
	k->name = arena_strndup(arena, text, len);
	if (*text == '/') {
		k->folder[0] = path_below(k->name, n->source->root);
		return;
	}
	k->folder[0] = path_clean(arena, path_join(arena, n->here, k->name));
	if (!is_relative(text))
		k->folder[1] = path_clean(arena, k->name);
}

static void note(struct lookup *k, const char *name)
{
	VEC_RESERVE(k->candidate, k->cap, k->ncandidates + 1);
	k->candidate[k->ncandidates++] = name;
}

static int by_text(const void *va, const void *vb, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)va, *(const char *const *)vb);
}

/* 0 without a candidate, 1 with one; otherwise -1, and the message lists them. */
static int settle(struct lookup *k, struct err *err)
{
	const char *list = "";
	uint32_t n = 0;

	sort_with(k->candidate, k->ncandidates, sizeof(*k->candidate), by_text, NULL);
	for (uint32_t i = 0; i < k->ncandidates; i++)
		if (!n || strcmp(k->candidate[n - 1], k->candidate[i]))
			k->candidate[n++] = k->candidate[i];
	k->ncandidates = n;
	if (n < 2)
		return (int)n;
	/* "and 1 more" is as long as the name that it hides. */
	uint32_t shown = n <= CANDIDATES_MAX + 1 ? n : CANDIDATES_MAX;

	for (uint32_t i = 0; i < shown; i++)
		list = arena_printf(k->arena, "%s%s'%" SHOWN "'", list,
				    !i ? "" : i + 1 == n ? " and " : ", ", k->candidate[i]);
	if (n > shown)
		list = arena_printf(k->arena, "%s and %u more", list, n - shown);
	return err_set(err, ERR_USAGE, "'%" SHOWN "' is ambiguous: %s", k->text, list);
}

static struct name node_name(const struct names *n, uint32_t p)
{
	return (struct name){ .kind = NAME_NODE, .node = n->graph->id[p], .count = 1,
			      .text = id_text(n, p) };
}

/* A node by its whole name: 1 found, 0 not, -1 several packages with one import path. */
static int find_exact(struct lookup *k, struct name *ret, struct err *err)
{
	const struct names *n = k->n;
	uint32_t last = ID_NONE;

	for (uint32_t f = 0; f < 2; f++)
		for (uint32_t p = 0; k->folder[f] && p < n->graph->npkgs; p++)
			if (!strcmp(folder_of(id_text(n, p)), k->folder[f])) {
				*ret = node_name(n, p);
				return 1;
			}
	for (uint32_t p = 0; p < n->graph->npkgs; p++) {
		if (strcmp(label_text(n, p), k->name))
			continue;
		note(k, id_text(n, p));
		last = p;
	}
	if (last != ID_NONE)
		*ret = node_name(n, last);
	return settle(k, err);
}

/* Nodes below a folder; external tests are there too, but nobody counts them. */
static bool count_below(const struct names *n, const char *folder, uint32_t *ret_count)
{
	bool any = false;

	*ret_count = 0;
	for (uint32_t p = 0; p < n->graph->npkgs; p++) {
		if (!path_below(folder_of(id_text(n, p)), folder))
			continue;
		*ret_count += !(n->graph->flags[p] & NODE_XTEST);
		any = true;
	}
	return any;
}

static struct name below_name(struct lookup *k, const char *folder)
{
	struct name name = { .kind = NAME_BELOW, .folder = folder };

	count_below(k->n, folder, &name.count);
	name.text = *folder ? arena_printf(k->arena, "%s/...", folder) : "./...";
	return name;
}

/* The folder at which an import path that is above some node's begins; NULL for none. */
static const char *folder_of_import(struct lookup *k)
{
	const struct names *n = k->n;

	for (uint32_t p = 0; p < n->graph->npkgs; p++) {
		const char *rest = path_below(label_text(n, p), k->name);
		const char *folder = folder_of(id_text(n, p));
		size_t len = rest ? strlen(rest) : 0, have = strlen(folder);

		/* The same segments must stand at the end of the folder. */
		if (!rest || len > have || strcmp(folder + have - len, rest))
			continue;
		if (len == have)
			return "";
		if (!len)
			return folder;
		if (folder[have - len - 1] == '/')
			return arena_strndup(k->arena, folder, have - len - 1);
	}
	return NULL;
}

static bool find_below(struct lookup *k, struct name *ret)
{
	const char *import;
	uint32_t count;

	for (uint32_t f = 0; f < 2; f++)
		if (k->folder[f] && count_below(k->n, k->folder[f], &count)) {
			*ret = below_name(k, k->folder[f]);
			return true;
		}
	import = *k->name ? folder_of_import(k) : NULL;
	if (import)
		*ret = below_name(k, import);
	return import;
}

/* Does `path` end with the segments of `end`? */
static bool ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n > m && path[n - m - 1] == '/' && !strcmp(path + n - m, end);
}

/* Nodes that end so: 1 for one, 0 for none, -1 for more. */
static int find_end(struct lookup *k, struct name *ret, struct err *err)
{
	const struct names *n = k->n;

	for (uint32_t p = 0; p < n->graph->npkgs; p++) {
		if (!ends_with(id_text(n, p), k->name) && !ends_with(label_text(n, p), k->name))
			continue;
		if (!k->ncandidates)
			*ret = node_name(n, p);
		note(k, id_text(n, p));
	}
	return settle(k, err);
}

/* Folders that end so and have nodes below them. */
static int find_end_below(struct lookup *k, struct name *ret, struct err *err)
{
	const struct names *n = k->n;
	size_t len = strlen(k->name);

	for (uint32_t p = 0; p < n->graph->npkgs && len; p++) {
		const char *id = id_text(n, p);

		for (const char *at = strchr(id, '/'); at; at = strchr(at + 1, '/')) {
			if (strncmp(at + 1, k->name, len) ||
			    (at[1 + len] && at[1 + len] != '/'))
				continue;
			note(k, arena_printf(k->arena, "%.*s/...", (int)(at + 1 + len - id), id));
			/* What is below the outer one is below it too. */
			break;
		}
	}
	int rc = settle(k, err);

	if (rc > 0)
		*ret = below_name(k, arena_strndup(k->arena, k->candidate[0],
						   strlen(k->candidate[0]) - 4));
	return rc;
}

static const struct outside *outside_of(struct lookup *k)
{
	if (!k->listed)
		outside_list(k->n->source, k->n->packages, k->arena, &k->outside);
	k->listed = true;
	return &k->outside;
}

static struct name outside_name(struct lookup *k, const struct outside_import *import,
				uint32_t count, const char *text)
{
	sym_id *path = arena_array(k->arena, sym_id, count);

	for (uint32_t i = 0; i < count; i++)
		path[i] = import[i].path;
	return (struct name){ .kind = NAME_OUTSIDE, .path = path, .count = count, .text = text,
			      .outside = import->kind };
}

static bool find_outside(struct lookup *k, struct name *ret)
{
	struct outside_import import;

	if (k->below || !outside_find(k->n->source, k->n->packages, k->name, &import))
		return false;
	*ret = outside_name(k, &import, 1, sym_text(k->n->source->syms, import.path));
	return true;
}

static int find_outside_end(struct lookup *k, struct name *ret, struct err *err)
{
	const struct outside *out = outside_of(k);

	for (uint32_t i = 0; i < out->count; i++) {
		const char *path = sym_text(k->n->source->syms, out->import[i].path);

		if (!ends_with(path, k->name))
			continue;
		if (!k->ncandidates)
			*ret = outside_name(k, &out->import[i], 1, path);
		note(k, path);
	}
	return settle(k, err);
}

/* All import paths at or below what was typed. */
static bool find_outside_below(struct lookup *k, struct name *ret)
{
	const struct outside *out = outside_of(k);
	struct outside_import *import = xcalloc(out->count, sizeof(*import));
	uint32_t count = 0;

	for (uint32_t i = 0; i < out->count && *k->name; i++)
		if (path_below(sym_text(k->n->source->syms, out->import[i].path), k->name))
			import[count++] = out->import[i];
	if (count)
		*ret = outside_name(k, import, count, count == 1 ?
				    sym_text(k->n->source->syms, import->path) :
				    arena_printf(k->arena, "%s/...", k->name));
	free(import);
	return count;
}

struct near {
	const char *wanted, *last;      /* what was typed, its last segment */
	size_t limit;                   /* edits that still count as near */
	const char *name[NEAR_MAX];
	size_t edits[NEAR_MAX];
	uint32_t count;
};

static const char *last_segment(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* One edit in three letters of the last segment, as in base/suggest.c. */
static void near_init(struct near *near, const char *wanted)
{
	size_t len = strlen(last_segment(wanted));

	*near = (struct near){
		.wanted = wanted, .last = last_segment(wanted),
		.limit = len < 6 ? 1 + (len > 3) : len / 3,
	};
}

static uint32_t segments(const char *path)
{
	uint32_t n = 1;

	for (; *path; path++)
		n += *path == '/';
	return n;
}

static size_t edits_between(const struct near *near, const char *wanted, const char *have)
{
	size_t edits = text_distance(wanted, have, near->limit);

	/* As many edits as letters is another word altogether. */
	return edits > near->limit || edits >= strlen(wanted) || edits >= strlen(have) ? SIZE_MAX :
	       edits;
}

/*
 * Compared with as many segments at the end of the path as were typed, and,
 * which is one edit worse, the last segment alone.
 */
static void offer(struct near *near, const char *path, const char *name)
{
	uint32_t drop = segments(path), want = segments(near->wanted);
	const char *end = path;

	for (; drop > want; drop--)
		end = strchr(end, '/') + 1;
	size_t edits = edits_between(near, near->wanted, end);
	size_t alone = edits_between(near, near->last, last_segment(path));

	if (alone != SIZE_MAX && alone + 1 < edits)
		edits = alone + 1;
	if (edits == SIZE_MAX)
		return;
	uint32_t at = near->count;

	for (uint32_t i = 0; i < near->count; i++)
		if (!strcmp(near->name[i], name))
			return;
	while (at && near->edits[at - 1] > edits)
		at--;
	if (at == NEAR_MAX)
		return;
	if (near->count < NEAR_MAX)
		near->count++;
	for (uint32_t i = near->count - 1; i > at; i--) {
		near->name[i] = near->name[i - 1];
		near->edits[i] = near->edits[i - 1];
	}
	near->name[at] = name;
	near->edits[at] = edits;
}

/* At dir:K a folder that is deeper is part of a node. */
static const char *part_of(const struct lookup *k)
{
	const struct names *n = k->n;
	const char *best = NULL;

	for (uint32_t f = 0; f < 2; f++)
		for (uint32_t p = 0; k->folder[f] && p < n->graph->npkgs; p++) {
			const char *folder = folder_of(id_text(n, p));

			if (*folder && path_below(k->folder[f], folder) &&
			    (!best || strlen(folder) > strlen(best)))
				best = folder;
		}
	return best;
}

static const char *near_names(struct lookup *k, bool outside)
{
	const struct names *n = k->n;
	struct near near;
	const char *text = "", *part = n->level.kind == LEVEL_DIR ? part_of(k) : NULL;

	if (part)
		return arena_printf(k->arena, "; it is part of '%" SHOWN "'", part);
	near_init(&near, k->name);
	for (uint32_t p = 0; p < n->graph->npkgs; p++) {
		offer(&near, id_text(n, p), id_text(n, p));
		offer(&near, label_text(n, p), id_text(n, p));
	}
	for (uint32_t i = 0; outside && i < outside_of(k)->count; i++) {
		const char *path = sym_text(n->source->syms, k->outside.import[i].path);

		offer(&near, path, path);
	}
	for (uint32_t i = 0; i < near.count; i++)
		text = arena_printf(k->arena, "%s%s'%" SHOWN "'", text,
				    !i ? "; did you mean " : i + 1 == near.count ? " or " : ", ",
				    near.name[i]);
	return *text ? arena_printf(k->arena, "%s?", text) : "";
}

static int unknown(struct lookup *k, bool outside, struct err *err)
{
	struct outside_import import;
	const char *level = level_name(k->n->level, k->arena);

	if (!outside && outside_find(k->n->source, k->n->packages, k->name, &import))
		return err_set(err, ERR_USAGE,
			       "'%" SHOWN "' is outside of this tree: it can only be TO", k->text);
	if (k->n->level.kind != LEVEL_PACKAGE && k->n->level.kind != LEVEL_TEST)
		return err_set(err, ERR_USAGE, "no '%" SHOWN "' at level %s%s%s", k->text, level,
			       outside ? ", and nothing imports it from outside" : "",
			       near_names(k, outside));
	return err_set(err, ERR_USAGE, "no package '%" SHOWN "'%s%s", k->text,
		       outside ? " in this tree, and nothing here imports it" : "",
		       near_names(k, outside));
}

int name_find(const struct names *n, const char *text, bool outside, struct arena *arena,
	      struct name *ret, struct err *err)
{
	struct lookup k;
	int rc = 0;

	lookup_init(&k, n, text, arena);
	*ret = (struct name){ .count = 0 };
	if (!*text)
		return err_set(err, ERR_USAGE, "an empty name names nothing");
	if (!k.below)
		rc = find_exact(&k, ret, err);
	if (!rc && outside)
		rc = find_outside(&k, ret);
	if (!rc)
		rc = find_below(&k, ret);
	if (!rc && !k.below && !is_relative(text))
		rc = find_end(&k, ret, err);
	if (!rc && !is_relative(text))
		rc = find_end_below(&k, ret, err);
	if (!rc && outside && !k.below)
		rc = find_outside_end(&k, ret, err);
	if (!rc && outside)
		rc = find_outside_below(&k, ret);
	if (rc < 0)
		*ret = (struct name){ .count = k.ncandidates };
	if (!rc)
		rc = unknown(&k, outside, err);
	free(k.candidate);
	return rc < 0 ? -1 : 0;
}

bool name_holds(const struct names *n, const struct name *name, uint32_t node)
{
	switch (name->kind) {
	case NAME_NODE:
		return n->graph->id[node].v == name->node.v;
	case NAME_BELOW:
		return !(n->graph->flags[node] & NODE_OUTSIDE) &&
		       path_below(folder_of(id_text(n, node)), name->folder);
	case NAME_OUTSIDE:
		break;
	}
	return false;
}
