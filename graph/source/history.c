/* SPDX-License-Identifier: MIT */
/*
 * history.c - chooses the commits that count, follows files under their old names,
 * and lays the rest out by commit and by file.
 */
#include "graph/source/history.h"
#include "base/date.h"
#include "base/limits.h"
#include "graph/source/gitrev.h"
#include "graph/source/history_part.h"
#include "graph/source/treelog.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	const struct source *source;
	const struct history_options *o;
	struct history *h;
	git_repository *repo;
	const char *prefix;             /* of source.root in the repository: "" or "a/b/" */
	struct blob_id tip, tree;
	struct historylog log;
	struct history_people people;
	struct history_person *person;
	struct history_commit *commit;
	struct history_file *file;
	uint32_t *now;                  /* [log.paths.count] at this commit: today's file + 1 */
	uint32_t *order, norder;        /* commits of the log in the window, the last first */
	uint32_t *touch, *set, *seen;   /* set, seen: the files of one commit; [file] commit + 1 */
	size_t touch_cap, set_cap;
};

/* ---- the repository ---- */

/* Why source.rev says nothing. */
static int no_commit(const struct source *s, struct arena *arena, struct err *err)
{
	struct err cause = ERR_INIT;
	git_repository *repo = gitrev_open(s->root, &cause);
	struct source_rev rev;

	if (repo && git_repository_is_bare(repo)) {
		err_set(err, ERR_INPUT, "'%.300s' is a bare repository: name a commit, as with "
			"'--rev HEAD'", s->root);
	} else if (repo && git_repository_head_unborn(repo) != 1 && !s->rev.known) {
		git_commit *commit = gitrev_commit(repo, "HEAD", arena, &rev, &cause);

		git_commit_free(commit);
		err_set(err, ERR_INPUT, "'%.300s' has no history that can be read: %.300s",
			s->root, cause.msg);
	} else {
		err_set(err, ERR_INPUT, "'%.300s' has no history: it is not in a git repository "
			"with a commit", s->root);
	}
	git_repository_free(repo);
	return -1;
}

static int open_place(struct reading *r, struct err *err)
{
	const struct source *s = r->source;
	struct arena *arena = &r->h->arena;
	git_commit *commit = NULL;
	struct source_rev rev;
	const char *root, *below = "";

	if (!s->rev.known || !s->rev.commit || !*s->rev.commit)
		return no_commit(s, arena, err);
	r->repo = gitrev_open(s->root, err);
	if (!r->repo)
		return -1;
	if (gitrev_place(r->repo, s->root, arena, &root, &below, err))
		return -1;
	commit = gitrev_commit(r->repo, s->rev.commit, arena, &rev, err);
	if (!commit)
		return -1;
	memcpy(r->tip.byte, git_commit_id(commit)->id, BLOB_ID_BYTES);
	memcpy(r->tree.byte, git_commit_tree_id(commit)->id, BLOB_ID_BYTES);
	r->h->tip = rev.commit_time;
	r->prefix = *below ? arena_printf(arena, "%s/", below) : "";
	git_commit_free(commit);
	return 0;
}

static int count_one(const char *name UNUSED, void *count)
{
	++*(uint32_t *)count;
	return 0;
}

static void describe(struct reading *r)
{
	struct history_stats *stats = &r->h->stats;

	stats->shallow = git_repository_is_shallow(r->repo) == 1;
	stats->missing += r->log.missing;
	stats->mined = r->log.mined;
	git_reference_foreach_glob(r->repo, "refs/replace/*", count_one, &stats->replaced);
}

/* ---- names of files ---- */

static void list_files(struct reading *r)
{
	struct history *h = r->h;
	size_t prefix = strlen(r->prefix);
	const char *const *path;
	uint32_t n = history_tree(r->repo, &r->tree, &h->arena, &path, &h->stats.missing);

	r->file = arena_array(&h->arena, struct history_file, n + 1);
	for (uint32_t i = 0; i < n; i++)
		if (!strncmp(path[i], r->prefix, prefix))
			r->file[h->nfiles++] = (struct history_file){
				.path = path[i] + prefix, .creator = HISTORY_NONE,
			};
	h->file = r->file;
}

static void name_files(struct reading *r)
{
	size_t prefix = strlen(r->prefix);

	for (uint32_t i = 0; i < r->h->nfiles; i++) {
		const char *path = r->file[i].path - prefix;

		r->now[sym_find(&r->log.paths, path, strlen(path)).v] = i + 1;
	}
	r->now[0] = 0;
}

static int last_first(const void *va, const void *vb, void *ctx)
{
	const struct historylog *l = ctx;
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;
	int64_t x = l->commit[a].time, y = l->commit[b].time;

	if (x != y)
		return x > y ? -1 : 1;
	return a < b ? -1 : a > b;
}

/*
 * Names that are gone, from the last rename back: on a branch they may be in use after
 * it, so that all of them are known before anything is counted.
 */
static void follow_gone(struct reading *r)
{
	const struct historylog *l = &r->log;

	for (size_t i = 0; i < r->norder; i++) {
		const struct log_commit *c = &l->commit[r->order[i]];

		for (uint32_t k = 0; k < c->nchanges; k++) {
			const struct log_change *change = &l->change[c->change_first + k];

			if (change->from && !r->now[change->from])
				r->now[change->from] = r->now[change->path];
		}
	}
}

/* A name that is in use again: before the rename it was the other file. */
static void follow_back(struct reading *r, const struct log_commit *c)
{
	for (uint32_t k = 0; k < c->nchanges; k++) {
		const struct log_change *change = &r->log.change[c->change_first + k];

		if (change->from && r->now[change->path])
			r->now[change->from] = r->now[change->path];
	}
}

/* ---- commits ---- */

static bool counts(struct reading *r, const struct log_commit *c)
{
	struct history_stats *stats = &r->h->stats;
	int64_t until = r->o->until ? r->o->until : r->h->tip + SECONDS_A_DAY;

	stats->read++;
	if (c->time > until) {
		stats->future++;
		return false;
	}
	if (c->flags & LOG_MERGE)
		stats->merges++;
	else if (r->people.bot[c->who])
		stats->bots++;
	return !(c->flags & (LOG_MERGE | LOG_UNKNOWN)) && !r->people.bot[c->who];
}

static int by_number(const void *va, const void *vb, void *ctx UNUSED)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return a < b ? -1 : a > b;
}

/* A moved file is one path, not two; *ret_n files of today, ascending. */
static uint32_t collect(struct reading *r, const struct log_commit *c, uint32_t mark,
			uint32_t *ret_n)
{
	uint32_t changed = c->nchanges, n = 0;

	VEC_RESERVE(r->set, r->set_cap, (size_t)c->nchanges + 1);
	for (uint32_t k = 0; k < c->nchanges; k++) {
		const struct log_change *change = &r->log.change[c->change_first + k];
		uint32_t file = r->now[change->path];

		changed -= change->from != 0;
		if (!file || r->seen[file - 1] == mark)
			continue;
		r->seen[file - 1] = mark;
		r->set[n++] = file - 1;
	}
	sort_with(r->set, n, sizeof(*r->set), by_number, NULL);
	*ret_n = n;
	return changed;
}

static void note_creators(struct reading *r, const struct log_commit *c)
{
	for (uint32_t k = 0; k < c->nchanges; k++) {
		const struct log_change *change = &r->log.change[c->change_first + k];
		uint32_t file = r->now[change->path];

		if (file && change->kind == CHANGE_ADDED && !change->from)
			r->file[file - 1].creator = r->people.of[c->who];
	}
}

static bool is_go(const char *path)
{
	size_t len = strlen(path);

	return len > 3 && !strcmp(path + len - 3, ".go");
}

static void add_churn(struct reading *r, const struct log_commit *c)
{
	const struct symtab *paths = &r->log.paths;
	struct history_churn churn;
	bool whole = true;

	history_churn_begin(&churn, r->repo, &c->id);
	for (uint32_t k = 0; k < c->nchanges; k++) {
		const struct log_change *change = &r->log.change[c->change_first + k];
		const char *is = sym_text(paths, (sym_id){ change->path });
		const char *was = change->from ? sym_text(paths, (sym_id){ change->from }) : is;
		uint32_t file = r->now[change->path];

		if (file && is_go(is))
			whole &= history_churn_add(&churn, was, is, &r->file[file - 1].added,
						   &r->file[file - 1].deleted);
	}
	history_churn_end(&churn);
	r->h->stats.missing += !whole;
}

static void add_commit(struct reading *r, const struct log_commit *c)
{
	struct history *h = r->h;
	uint32_t n, person = r->people.of[c->who];
	uint32_t changed = collect(r, c, h->ncommits + 1, &n);
	bool large = changed > h->stats.change_set;

	VEC_RESERVE(r->touch, r->touch_cap, (size_t)h->ntouches + n + 1);
	r->commit[h->ncommits++] = (struct history_commit){
		.id = c->id, .time = c->time, .person = person, .changed = changed,
		.flags = (large ? HISTORY_LARGE : 0) | (c->flags & LOG_FIX ? HISTORY_FIX : 0),
		.touch_first = h->ntouches, .ntouches = n,
	};
	for (uint32_t i = 0; i < n; i++) {
		struct history_file *f = &r->file[r->set[i]];

		r->touch[h->ntouches++] = r->set[i];
		f->ncommits++;
		f->first = c->time;
		if (!f->last)
			f->last = c->time;
		if (large)
			continue;
		f->revs++;
		f->fixes += (c->flags & LOG_FIX) != 0;
		f->sum += changed - 1;
	}
	if (r->o->churn && !large && c->time >= r->o->churn_since)
		add_churn(r, c);

	struct history_person *p = &r->person[person];

	p->commits++;
	p->first = c->time;
	if (!p->last)
		p->last = c->time;
	h->stats.large += large;
	h->stats.counted += !large;
	h->stats.first = c->time;
}

static void index_files(struct reading *r)
{
	struct history *h = r->h;
	uint32_t *by_file = arena_array(&h->arena, uint32_t, (size_t)h->ntouches + 1);
	uint32_t *touch = arena_array(&h->arena, uint32_t, (size_t)h->ntouches + 1);
	uint32_t *next = xcalloc((size_t)h->nfiles + 1, sizeof(*next)), at = 0;

	for (uint32_t f = 0; f < h->nfiles; f++) {
		r->file[f].commit_first = next[f] = at;
		at += r->file[f].ncommits;
	}
	for (uint32_t c = 0; c < h->ncommits; c++)
		for (uint32_t i = 0; i < r->commit[c].ntouches; i++)
			by_file[next[r->touch[r->commit[c].touch_first + i]]++] = c;
	if (h->ntouches)
		memcpy(touch, r->touch, h->ntouches * sizeof(*touch));
	free(next);
	h->touch = touch;
	h->by_file = by_file;
}

static void count_all(struct reading *r)
{
	struct historylog *l = &r->log;
	struct history *h = r->h;

	r->now = xcalloc((size_t)l->paths.count + 1, sizeof(*r->now));
	r->order = xcalloc(l->ncommits + 1, sizeof(*r->order));
	r->seen = xcalloc((size_t)h->nfiles + 1, sizeof(*r->seen));
	r->commit = arena_array(&h->arena, struct history_commit, l->ncommits + 1);
	r->person = arena_array(&h->arena, struct history_person, r->people.npersons + 1);
	for (uint32_t i = 0; i < r->people.npersons; i++)
		r->person[i] = r->people.person[i];
	/* How far the log goes beyond the window is the cache's affair: nothing depends on it. */
	for (uint32_t i = 0; i < l->ncommits; i++)
		if (l->commit[i].time >= r->o->since)
			r->order[r->norder++] = i;
	sort_with(r->order, r->norder, sizeof(*r->order), last_first, l);
	name_files(r);
	follow_gone(r);
	for (size_t i = 0; i < r->norder; i++) {
		const struct log_commit *c = &l->commit[r->order[i]];

		if (counts(r, c))
			add_commit(r, c);
		note_creators(r, c);
		follow_back(r, c);
	}
	h->commit = r->commit;
	h->person = r->person;
	h->npersons = r->people.npersons;
	index_files(r);
}

int history_read(const struct source *s, const struct history_options *o, struct history **ret,
		 struct err *err)
{
	struct history *h = xcalloc(1, sizeof(*h));
	struct reading r = { .source = s, .o = o, .h = h, .prefix = "" };

	h->stats.change_set = o->change_set ? o->change_set :
			      (uint32_t)limit_of(LIMIT_CHANGE_SET);
	treelog_beyond(s->tree);
	gitrev_start();
	int rc = open_place(&r, err);

	if (!rc) {
		historylog_read(r.repo, &r.tip, &(struct historylog_wish){
				.horizon = o->since, .no_cache = o->no_cache, .workers = o->workers,
				}, &h->arena, &r.log);
		list_files(&r);
		history_people(r.repo, &r.tip, &r.log, &h->arena, &r.people);
		count_all(&r);
		describe(&r);
		h->cache_note = r.log.cache_note;
		historylog_release(&r.log);
	}
	free(r.now);
	free(r.order);
	free(r.touch);
	free(r.set);
	free(r.seen);
	git_repository_free(r.repo);
	gitrev_stop();
	if (rc)
		history_free(h);
	else
		*ret = h;
	return rc;
}

void history_free(struct history *h)
{
	if (!h)
		return;
	arena_release(&h->arena);
	free(h);
}
