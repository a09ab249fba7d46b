/* SPDX-License-Identifier: MIT */
/* past.c - judges commits of a line, each at most once, beside the one that was judged last. */
#include "cmd/past.h"
#include "analyzers/debt/debt.h"
#include "base/date.h"
#include "base/progress.h"
#include "cmd/sides.h"
#include "graph/source/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- one commit ---- */

/*
 * Only what may be a violation: what is told as info takes as long as all of the rest.
 * Circles are graded one by one.
 */
static int choose(const struct run *run, struct judge *j, void *ctx UNUSED, struct err *err)
{
	if (judge_rules(run->set, j->session.policy, run->arena, &j->chosen, err))
		return -1;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->chosen.has[i] &= run->set->rules.count || i == RULE_IMPORT_CYCLE ||
			policy_rule_level(j->session.policy, &rule_rows[i]) >= SEV_WARNING;
	return 0;
}

static void close_tree(struct past *p, struct past_tree *t)
{
	if (t->open)
		judge_release(&t->judge, &p->set);
	arena_release(&t->arena);
	*t = (struct past_tree){ .commit = ID_NONE };
}

/* Is what the run looks at not there at all in that commit? */
static bool is_absent(const struct past *p, uint32_t commit)
{
	const char *pattern = p->run->noperands ? p->run->operand[0] : "", *root, *prefix;
	struct arena scratch = ARENA_INIT;
	struct err ignored = ERR_INIT;
	struct source_rev rev;
	struct tree *tree;
	uint32_t ref;
	bool absent = false;

	if (!tree_git_open(".", p->line.commit[commit].id, &scratch, &tree, &root, &prefix, &rev,
			   &ignored)) {
		size_t len = strlen(pattern);

		if (len >= 3 && !strcmp(pattern + len - 3, "..."))
			len -= 3;
		const char *folder = path_clean(&scratch, path_join(&scratch, prefix,
						arena_strndup(&scratch, pattern, len)));

		absent = folder && *folder && !tree_find(tree, folder, &scratch, &ref);
		tree_close(tree);
	}
	arena_release(&scratch);
	return absent;
}

/* Judges a commit into the tree that is not the last one. */
static int open_tree(struct past *p, uint32_t commit, struct past_tree **ret, struct err *err)
{
	struct past_tree *last = &p->tree[p->last], *t = &p->tree[!p->last];
	const struct judge_steps steps = {
		.command = "history", .may_miss_baseline = true,
		.choose = p->debt == PAST_BY_DEBT ? sides_debt_choose : choose,
		.contexts = p->debt == PAST_BY_DEBT, .brief = p->debt != PAST_BY_DEBT,
		.policy = p->today.policy, .like = last->open ? last->judge.session.source : NULL,
	};
	struct run own = *p->run;

	close_tree(p, t);
	p->set.rev = p->line.commit[commit].id;
	own.set = &p->set;
	own.arena = &t->arena;
	t->open = true;
	if (judge_run(&own, &steps, &t->judge, err)) {
		close_tree(p, t);
		return -1;
	}
	if (p->debt == PAST_BY_DEBT) {
		t->priced = arena_new(&t->arena, struct rule_set);
		debt_rules(p->today.policy, t->priced);
	}
	t->commit = commit;
	p->last = !p->last;
	*ret = t;
	return 0;
}

/* False: nobody asked for it. */
static bool read_debt(struct past *p, struct past_tree *t, struct gate_debt *ret)
{
	struct run own = *p->run;
	struct err cause = ERR_INIT;

	own.set = &p->set;
	own.arena = &t->arena;
	if (p->debt == PAST_WITH_DEBT)
		sides_debt(&own, &t->judge, p->line.commit[t->commit].id, ret);
	else if (p->debt == PAST_BY_DEBT && sides_debt_reckon(&own, &t->judge, ret, &cause))
		ret->why = arena_strdup(&t->arena, cause.msg);
	return p->debt != PAST_NO_DEBT;
}

static int measure(struct past *p, struct past_tree *t, struct past_point *ret, struct err *err)
{
	const struct analysis given = judge_analysis(&t->judge);
	struct gate_tree tree = {
		.given = &given, .baseline = t->judge.hold.baseline,
		.incomplete = t->judge.report.incomplete,
	};
	double value[TREND_COUNT];
	struct gate_debt debt = { .why = NULL };

	p->judged++;
	p->files += given.source->nfiles;
	if (!given.source->nfiles) {
		ret->state = PAST_EMPTY;
		return 0;
	}
	if (!p->module)
		p->module = arena_strdup(p->run->arena, session_module(given.source,
								       p->run->arena));
	if (!tree.incomplete && read_debt(p, t, &debt)) {
		tree.debt = &debt;
		tree.incomplete = debt.why;
	}
	if (tree.incomplete) {
		ret->state = PAST_BROKEN;
		ret->why = arena_strdup(p->run->arena, tree.incomplete);
		return 0;
	}
	if (trend_measure(&tree, &p->level, &p->has_level, value, err))
		return -1;
	ret->state = PAST_KNOWN;
	memcpy(ret->value, value, sizeof(value));
	return 0;
}

int past_judge(struct past *p, uint32_t commit, const struct past_point **ret, struct err *err)
{
	struct past_point *point;
	struct err cause = ERR_INIT;
	struct past_tree *t;

	*ret = p->point[commit];
	if (*ret)
		return 0;
	point = arena_new(p->run->arena, struct past_point);
	for (unsigned i = 0; i < TREND_COUNT; i++)
		point->value[i] = NAN;
	progress_at(p->progress, "judging old commits");
	if (!open_tree(p, commit, &t, &cause)) {
		if (measure(p, t, point, err))
			return -1;
	} else if (cause.code != ERR_INPUT) {
		*err = cause;
		return -1;
	} else if (is_absent(p, commit)) {
		point->state = PAST_EMPTY;
	} else {
		point->state = PAST_BROKEN;
		point->why = arena_strdup(p->run->arena, cause.msg);
	}
	*ret = p->point[commit] = point;
	return 0;
}

void past_touches(struct past *p)
{
	if (p->touches)
		return;
	progress_at(p->progress, "comparing trees");
	p->touches = arena_array(p->run->arena, bool, p->line.count);
	mainline_touches(".", &p->line, p->touches);
}

uint32_t past_same(struct past *p, uint32_t commit)
{
	past_touches(p);
	while (!p->touches[commit] && !p->point[commit])
		commit++;
	return commit;
}

int past_judge_line(struct past *p, uint32_t commit, const struct past_point **ret,
		    struct err *err)
{
	if (past_judge(p, past_same(p, commit), ret, err))
		return -1;
	p->point[commit] = *ret;
	return 0;
}

bool past_pair(struct past *p, uint32_t young, uint32_t old, struct past_tree **ret_young,
	       struct past_tree **ret_old)
{
	struct err ignored = ERR_INIT;

	return !open_tree(p, old, ret_old, &ignored) && !open_tree(p, young, ret_young, &ignored);
}

/* ---- the line ---- */

int past_open(const struct run *run, const char *since, struct past *ret, struct err *err)
{
	const struct session_wish wish = { .graph = true };
	char day[DATE_BYTES];
	int64_t now;

	*ret = (struct past){ .run = run, .set = *run->set };
	ret->tree[0].commit = ret->tree[1].commit = ID_NONE;
	if (session_day(run->set, &now, err))
		return -1;
	/* All of that day. */
	if (run->set->now)
		now += SECONDS_A_DAY - 1;
	if (mainline_read(".", run->set->rev, now, since, run->arena, &ret->line, err) ||
	    session_begin(run, &wish, &ret->today, err))
		return -1;
	session_told(&ret->today);
	ret->progress = progress_start(!run->set->quiet);
	ret->point = arena_array(run->arena, const struct past_point *, ret->line.count);
	/* Exceptions hold or not as they do today, and what is to be said is said once. */
	ret->set.now = arena_strdup(run->arena, date_text(ret->line.now, day));
	ret->set.quiet = true;
	ret->set.staged = false;
	ret->set.given = (ret->set.given & ~OPT_TREE) | OPT_BIT(OPT_REV);
	return 0;
}

const char *past_why_before(const struct past *p)
{
	switch (p->line.end) {
	case LINE_ROOT:
	case LINE_ENOUGH:
		return NULL;
	case LINE_SHALLOW:
		return "this clone is shallow and does not go back so far: 'git fetch --unshallow' "
		       "brings the rest";
	case LINE_MISSING:
		return "a commit is missing in this clone: 'git fsck' says more";
	}
	BUG("line end %d", (int)p->line.end);
}

void past_release(struct past *p)
{
	progress_stop(p->progress);
	for (unsigned i = 0; i < ARRAY_SIZE(p->tree); i++)
		close_tree(p, &p->tree[i]);
	if (p->today.policy)
		session_close(&p->today);
	p->progress = NULL;
}
