/* SPDX-License-Identifier: MIT */
/* mainline.c - walks first parents, through libgit2 or git itself, and puts clocks right. */
#include "graph/source/mainline.h"
#include "base/date.h"
#include "base/sym.h"
#include "graph/source/gitrev.h"
#include "graph/source/gitrun.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* So many commits in a row that are older than asked for: a wrong clock ends nothing. */
#define SLOP 100u

struct walk {
	struct arena *arena;
	struct line_commit *commit;
	uint32_t count, cap, beyond;
	int64_t now, since;
	const char *span;               /* since when, in words that can be read */
};

/* False where there is enough. */
static bool take(struct walk *w, const char *id, int64_t clock, const char *subject)
{
	if (!w->count) {
		w->now = w->now == INT64_MIN ? clock : w->now;
		if (date_since(w->span, w->now, &w->since, &(struct err)ERR_INIT))
			BUG("span '%s'", w->span);
	}
	VEC_RESERVE(w->commit, w->cap, w->count + 1);
	w->commit[w->count++] = (struct line_commit){
		.id = arena_strdup(w->arena, id), .clock = clock,
		.subject = arena_strndup(w->arena, subject, strcspn(subject, "\n")),
	};
	w->beyond = clock <= w->since ? w->beyond + 1 : 0;
	return w->beyond < SLOP;
}

static const char *subject_of(git_commit *commit)
{
	const char *summary = git_commit_summary(commit);

	return summary ? summary : "";
}

/* What follows `key` in a line of a commit's head, or NULL. */
static const char *head_line(const char *raw, const char *key)
{
	size_t len = strlen(key);

	for (const char *p = raw; *p && *p != '\n'; p += strcspn(p, "\n"), p += *p == '\n')
		if (!strncmp(p, key, len))
			return p + len;
	return NULL;
}

/* A commit that libgit2 does not take, as one without an author: git goes on, and so do we. */
static bool take_raw(struct walk *w, git_odb *odb, git_oid *id, bool *ret_has_parent,
		     bool *ret_more)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_odb_object *object = NULL;

	if (!odb || git_odb_read(&object, odb, id) ||
	    git_odb_object_type(object) != GIT_OBJECT_COMMIT) {
		git_odb_object_free(object);
		return false;
	}
	const char *raw = arena_strndup(w->arena, git_odb_object_data(object),
					git_odb_object_size(object));
	const char *parent = head_line(raw, "parent "), *who = head_line(raw, "committer ");
	const char *body = strstr(raw, "\n\n");
	int64_t clock = 0;

	/* Behind the address, whatever the name holds. */
	for (size_t n = who ? strcspn(who, "\n") : 0; n && !clock; n--)
		if (who[n - 1] == '>')
			clock = strtoll(who + n, NULL, 10);
	git_odb_object_free(object);
	git_oid_tostr(hex, sizeof(hex), id);
	*ret_more = take(w, hex, date_seconds(clock), body ? body + 2 : "");
	*ret_has_parent = parent && !git_oid_fromstrn(id, parent, GIT_OID_HEXSZ);
	return true;
}

static enum line_end walk_from(struct walk *w, git_repository *repo, git_odb *odb, git_oid id)
{
	char hex[GIT_OID_HEXSZ + 1];
	bool more = true, has_parent = true;

	while (more && has_parent) {
		git_commit *commit = NULL;

		if (git_commit_lookup(&commit, repo, &id)) {
			if (take_raw(w, odb, &id, &has_parent, &more))
				continue;
			return git_repository_is_shallow(repo) == 1 ? LINE_SHALLOW : LINE_MISSING;
		}
		git_oid_tostr(hex, sizeof(hex), &id);
		more = take(w, hex, date_seconds(git_commit_time(commit)), subject_of(commit));
		has_parent = git_commit_parentcount(commit) > 0;
		if (has_parent)
			id = *git_commit_parent_id(commit, 0);
		git_commit_free(commit);
	}
	return more ? LINE_ROOT : LINE_ENOUGH;
}

/* Takes the first commit over. */
static enum line_end walk_line(struct walk *w, git_repository *repo, git_commit *commit)
{
	git_oid first = *git_commit_id(commit);
	git_odb *odb = NULL;

	git_commit_free(commit);
	if (git_repository_odb(&odb, repo))
		odb = NULL;
	enum line_end end = walk_from(w, repo, odb, first);

	git_odb_free(odb);
	return end;
}

/* ---- where libgit2 cannot open the repository ---- */

static enum line_end walk_words(struct walk *w, const char *text, bool shallow)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = arena_strndup(w->arena, text, len), *rest;
		char *clock = strchr(line, ' ');

		text += len + (text[len] == '\n');
		if (!clock)
			continue;
		*clock++ = '\0';
		int64_t seconds = date_seconds(strtoll(clock, &rest, 10));

		if (!take(w, line, seconds, *rest ? rest + 1 : rest))
			return LINE_ENOUGH;
	}
	return shallow ? LINE_SHALLOW : LINE_ROOT;
}

static int ask_git(struct walk *w, const char *dir, const char *rev, enum line_end *ret,
		   struct err *err)
{
	static const char *const is_shallow[] = { "rev-parse", "--is-shallow-repository", NULL };
	const char *const verify[] = { "rev-parse", "--verify", "--quiet", "--end-of-options",
				       arena_printf(w->arena, "%s^{commit}", rev), NULL };
	const char *id, *text, *shallow;
	struct err cause = ERR_INIT;
	size_t len;

	if (git_output(dir, verify, w->arena, &id, &len, &cause)) {
		if (cause.code != ERR_INPUT) {
			*err = cause;
			return -1;
		}
		return err_set(err, ERR_INPUT, "cannot find revision '%s': it is no commit", rev);
	}
	const char *const log[] = { "log", "--first-parent", "--no-show-signature",
				    "--format=%H %ct %s", arena_strndup(w->arena, id,
				    strcspn(id, "\n")), "--", NULL };

	if (git_output(dir, log, w->arena, &text, &len, err) ||
	    git_output(dir, is_shallow, w->arena, &shallow, &len, err))
		return -1;
	*ret = walk_words(w, text, !strncmp(shallow, "true", 4));
	return 0;
}

/* ---- clocks ---- */

/*
 * The longest row of clocks that never runs backwards, oldest first (patience sorting:
 * C. Schensted, 1961): best[k] ends the row of k + 1 with the earliest clock.
 */
uint32_t mainline_clocks(struct line_commit *commit, uint32_t count)
{
	uint32_t *best = xcalloc((size_t)count + 1, sizeof(*best));
	uint32_t *before = xcalloc((size_t)count + 1, sizeof(*before));
	bool *believed = xcalloc((size_t)count + 1, sizeof(*believed));
	uint32_t longest = 0, wrong = 0;

	for (uint32_t i = count; i-- > 0;) {
		uint32_t lo = 0, hi = longest;

		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;

			if (commit[best[mid]].clock <= commit[i].clock)
				lo = mid + 1;
			else
				hi = mid;
		}
		before[i] = lo ? best[lo - 1] : ID_NONE;
		best[lo] = i;
		longest += lo == longest;
	}
	for (uint32_t i = longest ? best[longest - 1] : ID_NONE; i != ID_NONE; i = before[i])
		believed[i] = true;
	/* The oldest believed one speaks for what is before it, too. */
	int64_t time = 0;

	for (uint32_t i = 0; i < count; i++)
		time = believed[i] ? commit[i].clock : time;
	for (uint32_t i = count; i-- > 0;) {
		if (believed[i])
			time = commit[i].clock;
		commit[i].time = time;
		wrong += !believed[i];
	}
	free(best);
	free(before);
	free(believed);
	return wrong;
}

/* ---- the line ---- */

static int walk_repository(struct walk *w, const char *dir, const char *rev, enum line_end *ret,
			   struct err *err)
{
	struct source_rev named;
	int rc = -1;

	gitrev_start();
	git_repository *repo = gitrev_open(dir, err);

	if (!repo && gitrev_is_foreign()) {
		*err = (struct err)ERR_INIT;
		rc = ask_git(w, dir, rev, ret, err);
	} else if (repo) {
		git_commit *commit = gitrev_commit(repo, rev, w->arena, &named, err);

		if (commit) {
			*ret = walk_line(w, repo, commit);
			rc = 0;
		}
	}
	git_repository_free(repo);
	gitrev_stop();
	return rc;
}

int mainline_read(const char *dir, const char *rev, int64_t now, const char *since,
		  struct arena *arena, struct mainline *ret, struct err *err)
{
	struct walk w = { .arena = arena, .now = now, .span = since };
	enum line_end end = LINE_ROOT;

	*ret = (struct mainline){ .end = end };
	if (date_since(since, 0, &w.since, err))
		return -1;
	int rc = walk_repository(&w, dir, rev ? rev : "HEAD", &end, err);

	*ret = (struct mainline){ .end = end, .now = w.now, .since = w.since };
	if (!rc) {
		ret->wrong_clocks = mainline_clocks(w.commit, w.count);
		uint32_t last = 0;

		while (last < w.count && w.commit[last].time > w.since)
			last++;
		ret->count = last < w.count ? last + 1 : w.count;
		ret->end = last < w.count && (ret->count < w.count || end != LINE_ROOT) ?
			   LINE_ENOUGH : end;
		struct line_commit *kept = arena_array(arena, struct line_commit, ret->count);

		if (ret->count)
			memcpy(kept, w.commit, ret->count * sizeof(*kept));
		ret->commit = kept;
	}
	free(w.commit);
	return rc;
}

uint32_t mainline_at(const struct mainline *line, int64_t seconds)
{
	uint32_t lo = 0, hi = line->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (line->commit[mid].time <= seconds)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo < line->count ? lo : ID_NONE;
}
