/* SPDX-License-Identifier: MIT */
/* treelog.c - questions, kept as they come, and asked again of two trees. */
#include "graph/source/treelog.h"
#include "graph/source/tree.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum about { ABOUT_LIST, ABOUT_FIND, ABOUT_READ };

struct question {
	enum about about;
	const char *path;
	size_t max;                     /* ABOUT_READ */
	bool (*wants)(const char *name);        /* ABOUT_LIST; NULL = what matters to Go */
};

struct tree_log {
	pthread_mutex_t lock;           /* many threads read */
	struct question *item;
	uint32_t count, cap;
	bool beyond;
	struct arena arena;
};

void treelog_begin(struct tree *t)
{
	struct tree_log *log = xcalloc(1, sizeof(*log));

	if (pthread_mutex_init(&log->lock, NULL))
		BUG("no mutex");
	t->log = log;
}

void treelog_free(struct tree *t)
{
	struct tree_log *log = t->log;

	if (!log)
		return;
	pthread_mutex_destroy(&log->lock);
	arena_release(&log->arena);
	free(log->item);
	free(log);
	t->log = NULL;
}

static void note(struct tree *t, struct question q)
{
	struct tree_log *log = t->log;

	if (!log)
		return;
	pthread_mutex_lock(&log->lock);
	VEC_RESERVE(log->item, log->cap, log->count + 1);
	q.path = arena_strdup(&log->arena, q.path);
	log->item[log->count++] = q;
	pthread_mutex_unlock(&log->lock);
}

void treelog_list(struct tree *t, const char *dir, bool (*wants)(const char *name))
{
	note(t, (struct question){ .about = ABOUT_LIST, .path = dir, .wants = wants });
}

void treelog_find(struct tree *t, const char *path)
{
	note(t, (struct question){ .about = ABOUT_FIND, .path = path });
}

void treelog_read(struct tree *t, const char *path, size_t max)
{
	note(t, (struct question){ .about = ABOUT_READ, .path = path, .max = max });
}

void treelog_beyond(struct tree *t)
{
	if (!t->log)
		return;
	pthread_mutex_lock(&t->log->lock);
	t->log->beyond = true;
	pthread_mutex_unlock(&t->log->lock);
}

/* ---- asking again ---- */

static int by_question(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct question *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = (a->about > b->about) - (a->about < b->about);
	return c ? c : (a->max > b->max) - (a->max < b->max);
}

/* The same again; another filter is another question, wherever it stands. */
static bool repeats(const struct question *a, const struct question *b)
{
	return !by_question(a, b, NULL) && a->wants == b->wants;
}

static bool same_list(struct tree *t, struct tree *other, const struct question *q,
		      struct arena *a)
{
	struct tree_entry *x, *y;
	struct err one = ERR_INIT, two = ERR_INIT;
	uint32_t n, m;
	int here = q->wants ? tree_list_files(t, q->path, q->wants, a, &x, &n, &one) :
			      tree_list(t, q->path, a, &x, &n, &one);
	int there = q->wants ? tree_list_files(other, q->path, q->wants, a, &y, &m, &two) :
			       tree_list(other, q->path, a, &y, &m, &two);

	if (here || there)
		return here && there && !strcmp(one.msg, two.msg);
	for (uint32_t i = 0; i < n && n == m; i++)
		if (x[i].kind != y[i].kind || strcmp(x[i].name, y[i].name) != 0)
			return false;
	return n == m;
}

static bool same_bytes(struct tree *t, struct tree *other, const struct question *q,
		       struct arena *a)
{
	struct tree_buf x = { 0 }, y = { 0 };
	struct err ignored = ERR_INIT;
	uint32_t here, there;
	bool same = false;

	/* Both are asked: their answers are compared where a file is found. */
	bool found = tree_find(t, q->path, a, &here);

	if (found != tree_find(other, q->path, a, &there))
		return false;
	if (!found)
		return true;
	if (!tree_read(t, q->path, here, q->max, &x, &ignored) &&
	    !tree_read(other, q->path, there, q->max, &y, &ignored)) {
		/* A git tree gives all of it, whatever the most is. */
		size_t n = x.len < q->max ? x.len : q->max;

		same = n == (y.len < q->max ? y.len : q->max) &&
		       (x.len > q->max || !x.whole) == (y.len > q->max || !y.whole) &&
		       (!n || !memcmp(x.bytes, y.bytes, n));
	}
	tree_buf_release(&x);
	tree_buf_release(&y);
	return same;
}

static bool same_answer(struct tree *t, struct tree *other, const struct question *q,
			struct arena *a)
{
	uint32_t ignored;

	switch (q->about) {
	case ABOUT_LIST:
		return same_list(t, other, q, a);
	case ABOUT_FIND:
		return tree_find(t, q->path, a, &ignored) ==
		       tree_find(other, q->path, a, &ignored);
	case ABOUT_READ:
		return same_bytes(t, other, q, a);
	}
	BUG("question %d", (int)q->about);
}

bool treelog_same(struct tree *t, struct tree *other)
{
	struct tree_log *log = t->log;
	struct arena scratch = ARENA_INIT;
	bool same = log && !log->beyond;

	if (!same)
		return false;
	/* What is asked now is no question of anybody's. */
	t->log = NULL;
	sort_with(log->item, log->count, sizeof(*log->item), by_question, NULL);
	for (uint32_t i = 0; i < log->count && same; i++) {
		if (i && repeats(&log->item[i - 1], &log->item[i]))
			continue;
		same = same_answer(t, other, &log->item[i], &scratch);
		arena_reset(&scratch);
	}
	t->log = log;
	arena_release(&scratch);
	return same;
}
