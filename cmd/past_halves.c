/* SPDX-License-Identifier: MIT */
/*
 * past_halves.c - old commits judged by two processes at once: the older half in a child,
 * which hands back numbers.  The order in which commits are judged decides nothing but
 * the level of the cut, and where that is not settled the child's numbers are left out.
 */
#include "base/child.h"
#include "base/pool.h"
#include "cmd/past.h"

#include <string.h>

/* For fewer a process more does not pay. */
#define COMMITS_MIN 4u
#define TEXT_MAX_BYTES (1u << 16)

struct told {                           /* one commit in the pipe; two texts follow */
	double value[TREND_COUNT];
	uint32_t commit, state, judged, files, why, module;     /* why, module: bytes */
	struct level level;
	bool has_level;
};

struct half { struct past *past; const uint32_t *commit; uint32_t count; };

static void be_the_child(void *ctx, int fd)
{
	const struct half *half = ctx;
	const uint32_t *commit = half->commit, count = half->count;
	struct past *p = half->past;
	struct err ignored = ERR_INIT;

	/* Its thread is the parent's. */
	p->progress = NULL;
	for (uint32_t i = 0; i < count; i++) {
		const char *module = p->module;
		const struct past_point *point;
		struct told t;

		memset(&t, 0, sizeof(t));
		t.judged = p->judged;
		t.files = p->files;
		/* What fails here fails in the parent, which says so. */
		if (past_judge(p, commit[i], &point, &ignored))
			break;
		t.commit = commit[i];
		t.state = point->state;
		t.judged = p->judged - t.judged;
		t.files = p->files - t.files;
		t.why = point->why ? (uint32_t)strlen(point->why) : 0;
		t.module = p->module && !module ? (uint32_t)strlen(p->module) : 0;
		t.level = p->level;
		t.has_level = p->has_level;
		memcpy(t.value, point->value, sizeof(t.value));
		if (!child_put(fd, &t, sizeof(t)) || !child_put(fd, point->why, t.why) ||
		    !child_put(fd, p->module, t.module))
			break;
	}
}

static bool take_text(int fd, uint32_t len, struct arena *arena, const char **ret)
{
	char *text;

	*ret = NULL;
	if (!len)
		return true;
	if (len > TEXT_MAX_BYTES)
		return false;
	text = arena_array(arena, char, (size_t)len + 1);
	*ret = text;
	return child_get(fd, text, len);
}

/* Until the end, or until something is not whole: what is left is judged here. */
static void take_over(struct past *p, int fd)
{
	struct arena *arena = p->run->arena;
	const char *why, *module;
	struct told t;

	while (child_get(fd, &t, sizeof(t)) && t.commit < p->line.count &&
	       take_text(fd, t.why, arena, &why) && take_text(fd, t.module, arena, &module)) {
		struct past_point *point = arena_new(arena, struct past_point);

		*point = (struct past_point){ .state = (enum past_state)t.state, .why = why };
		memcpy(point->value, t.value, sizeof(t.value));
		p->point[t.commit] = point;
		p->judged += t.judged;
		p->files += t.files;
		p->level = t.level;
		p->has_level = t.has_level;
		p->module = p->module ? p->module : module;
	}
}

static int judge_all(struct past *p, const uint32_t *commit, uint32_t count, struct err *err)
{
	const struct past_point *ignored;

	for (uint32_t i = 0; i < count; i++)
		if (past_judge(p, commit[i], &ignored, err))
			return -1;
	return 0;
}

int past_judge_all(struct past *p, const uint32_t *commit, uint32_t count, struct err *err)
{
	uint32_t first = count ? 1 : 0, own = first + (count - first) / 2;
	unsigned jobs = p->run->set->jobs, workers = jobs ? jobs : pool_default_workers();
	struct half half = { p, commit + own, count - own };
	struct child child;
	bool knew;

	/* The youngest before all: it settles the level, and has what the others are like. */
	if (judge_all(p, commit, first, err))
		return -1;
	knew = p->has_level;
	if (count < COMMITS_MIN || workers < 2 || !child_start(&child, be_the_child, &half))
		return judge_all(p, commit, count, err);
	int rc = judge_all(p, commit, own, err);
	bool settled = !rc && p->has_level == knew;

	if (settled)
		take_over(p, child.fd);
	child_end(&child, !settled);
	return rc ? rc : judge_all(p, commit, count, err);
}
