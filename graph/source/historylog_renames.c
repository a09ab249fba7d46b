/* SPDX-License-Identifier: MIT */
/*
 * historylog_renames.c - files that one commit moved: with equal contents; or with a
 * folder, most of whose files are under their own names in another one.
 */
#include "graph/source/historylog.h"

#include <stdlib.h>
#include <string.h>

/* More files of one name ("doc.go") that were added at once are not tried with each other. */
#define SAME_NAME_MAX 64u

struct side {                           /* a moved file with its path taken apart */
	struct blob_id id;
	const char *path, *name;
	size_t folder_len;              /* of path, without the last '/' */
	uint32_t change, number, folder;
	bool taken;
};

struct vote { uint32_t from, to, count, equal; };       /* folders */

struct search {
	struct historylog *log;
	struct arena scratch;
	struct symtab folders;
	struct side *gone, *added;
	size_t ngone, nadded;
	uint32_t *gone_files;           /* [folder] files that went from it */
	struct vote *vote;
	size_t nvotes, vote_cap;
};

static bool is_empty(const struct blob_id *id)
{
	/* git's name of a blob of no bytes, which says nothing about who moved where. */
	static const unsigned char empty[BLOB_ID_BYTES] = {
		0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b,
		0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91,
	};

	return !memcmp(id->byte, empty, sizeof(empty));
}

static int by_contents(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct side *a = va, *b = vb;
	int c = memcmp(&a->id, &b->id, sizeof(a->id));

	if (!c)
		c = strcmp(a->name, b->name);
	return c ? c : strcmp(a->path, b->path);
}

static int by_name(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct side *a = va, *b = vb;
	int c = strcmp(a->name, b->name);

	return c ? c : strcmp(a->path, b->path);
}

static struct side *sides(struct search *s, const struct moved *m, size_t n)
{
	struct side *list = arena_array(&s->scratch, struct side, n);

	for (size_t i = 0; i < n; i++) {
		const char *path = sym_text(&s->log->paths, (sym_id){ m[i].path });
		const char *slash = strrchr(path, '/');

		list[i] = (struct side){
			.id = m[i].id, .path = path, .name = slash ? slash + 1 : path,
			.folder_len = slash ? (size_t)(slash - path) : 0,
			.change = m[i].change,
		};
		list[i].folder = sym_intern(&s->folders, path, list[i].folder_len).v;
	}
	return list;
}

static void vote(struct search *s, const struct side *from, const struct side *to, bool equal)
{
	VEC_RESERVE(s->vote, s->vote_cap, s->nvotes + 1);
	s->vote[s->nvotes++] = (struct vote){ from->folder, to->folder, 1, equal };
}

static void join(struct search *s, struct side *from, struct side *to)
{
	s->log->change[to->change].from = s->log->change[from->change].path;
	from->taken = to->taken = true;
}

/* Equal contents: first those that kept their names, then in the order of the paths. */
static void join_equal(struct search *s, bool same_name)
{
	for (size_t i = 0, j = 0; i < s->ngone; i++) {
		struct side *g = &s->gone[i];

		while (j < s->nadded && memcmp(&s->added[j].id, &g->id, sizeof(g->id)) < 0)
			j++;
		if (g->taken || is_empty(&g->id))
			continue;
		for (size_t k = j; k < s->nadded && k < j + SAME_NAME_MAX &&
				   !memcmp(&s->added[k].id, &g->id, sizeof(g->id)); k++) {
			struct side *a = &s->added[k];
			bool same = !strcmp(a->name, g->name);

			if (a->taken || (same_name && !same))
				continue;
			join(s, g, a);
			if (same)
				vote(s, g, a, true);
			break;
		}
	}
}

/* What is left, by name: calls `each` for all pairs of one name. */
static void same_names(struct search *s, void (*each)(struct search *, struct side *,
						      struct side *))
{
	for (size_t i = 0, j = 0; i < s->ngone; i++) {
		struct side *g = &s->gone[i];
		size_t end;

		while (j < s->nadded && strcmp(s->added[j].name, g->name) < 0)
			j++;
		for (end = j; end < s->nadded && !strcmp(s->added[end].name, g->name); end++)
			;
		for (size_t k = j; k < end && end - j <= SAME_NAME_MAX && !g->taken; k++)
			if (!s->added[k].taken)
				each(s, g, &s->added[k]);
	}
}

static void vote_pair(struct search *s, struct side *g, struct side *a)
{
	vote(s, g, a, false);
}

static int by_folders(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct vote *a = va, *b = vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* Votes of one pair of folders become one; of each folder that is gone the best stays. */
static void count_votes(struct search *s)
{
	size_t n = 0, kept = 0;

	sort_with(s->vote, s->nvotes, sizeof(*s->vote), by_folders, NULL);
	for (size_t i = 0; i < s->nvotes; i++) {
		if (n && !by_folders(&s->vote[n - 1], &s->vote[i], NULL)) {
			s->vote[n - 1].count++;
			s->vote[n - 1].equal += s->vote[i].equal;
		} else {
			s->vote[n++] = s->vote[i];
		}
	}
	for (size_t i = 0; i < n; i++) {
		struct vote *last = kept ? &s->vote[kept - 1] : NULL, now = s->vote[i];

		if (!last || last->from != now.from)
			s->vote[kept++] = now;
		else if (now.count > last->count)
			*last = now;
	}
	s->nvotes = kept;
}

static const struct vote *voted(const struct search *s, uint32_t from)
{
	size_t lo = 0, hi = s->nvotes;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->vote[mid].from < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->nvotes && s->vote[lo].from == from ? &s->vote[lo] : NULL;
}

static void join_moved(struct search *s, struct side *g, struct side *a)
{
	const struct vote *v = voted(s, g->folder);

	if (v && v->to == a->folder && g->folder != a->folder &&
	    v->count * 2 >= s->gone_files[g->folder] && (v->equal || v->count > 1))
		join(s, g, a);
}

void historylog_renames(struct historylog *l, struct moved *gone, size_t ngone,
			struct moved *added, size_t nadded)
{
	struct search s = { .log = l, .ngone = ngone, .nadded = nadded };

	symtab_init(&s.folders, &s.scratch);
	s.gone = sides(&s, gone, ngone);
	s.added = sides(&s, added, nadded);
	s.gone_files = arena_array(&s.scratch, uint32_t, s.folders.count + 1);
	for (size_t i = 0; i < ngone; i++)
		s.gone_files[s.gone[i].folder]++;
	sort_with(s.gone, ngone, sizeof(*s.gone), by_contents, NULL);
	sort_with(s.added, nadded, sizeof(*s.added), by_contents, NULL);
	join_equal(&s, true);
	join_equal(&s, false);
	sort_with(s.gone, ngone, sizeof(*s.gone), by_name, NULL);
	sort_with(s.added, nadded, sizeof(*s.added), by_name, NULL);
	same_names(&s, vote_pair);
	count_votes(&s);
	same_names(&s, join_moved);
	free(s.vote);
	symtab_release(&s.folders);
	arena_release(&s.scratch);
}
