/* SPDX-License-Identifier: MIT */
/* hold.c - finds and reads the baseline, settles findings with it. */
#include "cmd/hold.h"
#include "base/limits.h"
#include "base/text.h"
#include "graph/source/renames.h"
#include "graph/source/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *hold_typed(const char *root, const char *path, struct arena *arena)
{
	char *real = realpath(".", NULL);
	const char *here = real ? path_below(real, root) : NULL, *up = "";

	if (here) {
		for (const char *p = here; *p; p = strchr(p, '/') ? strchr(p, '/') + 1 : "")
			up = arena_printf(arena, "%s../", up);
		path = arena_printf(arena, "%s%s", up, path);
	} else {
		path = path_join(arena, root, path);
	}
	free(real);
	return path;
}

static int parse_seconds(const char *text, int64_t *ret)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno || end == text || *end || n < 0)
		return -1;
	*ret = n;
	return 0;
}

/* --now, else the commit's date, else SOURCE_DATE_EPOCH: never the clock. */
static int find_day(const struct settings *set, const struct source *s, struct hold *h,
		    struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	h->dated = true;
	if (session_day(set, &h->now, err))
		return -1;
	if (set->now)
		return 0;
	if (s->rev.known && s->rev.commit_time) {
		h->now = s->rev.commit_time;
		return 0;
	}
	if (epoch && !parse_seconds(epoch, &h->now))
		return 0;
	h->now = INT64_MIN;
	h->dated = false;
	return 0;
}

static int missing(const struct policy *p, const struct hold *h, struct arena *arena,
		   struct err *err)
{
	return err_set(err, ERR_CONFIG, "%s: the baseline '%.200s' is not there; 'meshctl baseline "
		       "update --allow-new' writes it", policy_pos_text(p->baseline.at, arena),
		       h->path);
}

static int read_baseline(const struct session *s, struct hold *h, uint32_t ref, struct arena *arena,
			 struct err *err)
{
	const size_t max = (size_t)limit_of(LIMIT_BASELINE_BYTES);
	struct tree_buf buf = { 0 };
	struct err cause = ERR_INIT;
	int rc = -1;

	if (tree_read(s->source->tree, h->path, ref, max, &buf, &cause) < 0)
		err_set(err, ERR_CONFIG, "cannot read '%.200s': %s", h->file, cause.msg);
	else if (buf.len > max || !buf.whole)
		err_set(err, ERR_LIMIT, "'%.200s' is larger than the limit baseline-bytes",
			h->file);
	else
		rc = baseline_read(h->file, buf.len ? buf.bytes : "", buf.len, arena, &h->baseline,
				   err);
	tree_buf_release(&buf);
	return rc;
}

int hold_open(const struct settings *set, struct session *s, bool may_miss, struct hold *ret,
	      struct err *err)
{
	const struct policy *p = s->policy;
	uint32_t ref;

	*ret = (struct hold){ 0 };
	ret->path = path_join(&s->arena, p->folder ? p->folder : "",
			      p->baseline.text ? p->baseline.text : BASELINE_FILE);
	ret->file = hold_typed(s->source->root, ret->path, &s->arena);
	if (find_day(set, s->source, ret, err))
		return -1;
	if (tree_find(s->source->tree, ret->path, &s->arena, &ref))
		return read_baseline(s, ret, ref, &s->arena, err);
	return p->baseline.at.file && !may_miss ? missing(p, ret, &s->arena, err) : 0;
}

/* Did anything that was asked for change what is looked at? */
static bool is_whole(const struct settings *set, const struct source *s)
{
	const opt_set builds = OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) |
				OPT_BIT(OPT_GO);

	if (set->given & builds)
		return false;
	for (uint32_t d = 0; d < s->ndirs; d++)
		if (s->dir[d].nfiles &&
		    !(s->dir[d].flags & (DIR_REPORTED | DIR_VENDOR | DIR_VENDORED)))
			return false;
	return true;
}

struct asked { const struct source *source; const char *path; };

static uint32_t ask_git(void *ctx, struct arena *arena, const struct folder_rename **ret)
{
	const struct asked *a = ctx;

	return renames_since(a->source, a->path, arena, ret);
}

static bool has_dates(const struct hold *h, const struct policy *p)
{
	for (uint32_t i = 0; i < p->nexceptions; i++)
		if (p->exception[i].expires.at.file)
			return true;
	for (uint32_t i = 0; h->baseline && i < h->baseline->nentries; i++)
		if (h->baseline->entry[i].expires)
			return true;
	return false;
}

bool hold_same_day(const struct hold *a, const struct hold *b, const struct policy *p)
{
	return (a->now == b->now && a->dated == b->dated) || (!has_dates(a, p) && !has_dates(b, p));
}

int hold_settle(struct hold *h, const struct settings *set, const struct analysis *given,
		struct rules_ran *ran, struct err *err)
{
	struct asked asked = { given->source, h->path };
	const struct settlement s = {
		.given = given, .ran = ran, .baseline = h->baseline, .baseline_path = h->path,
		.now = h->now, .whole = is_whole(set, given->source),
		.renames = ask_git, .renames_ctx = &asked,
	};

	if (!h->dated && !set->quiet && has_dates(h, given->policy))
		fputs("meshctl: there is no commit to tell the day: nothing expires without "
		      "--now\n", stderr);
	return findings_settle(given->findings, &s, &h->settled, err);
}
