/* SPDX-License-Identifier: MIT */
/*
 * sides_base.c - finds and judges the base of a change: its files are read while git is asked
 * for the status of the head, the rest is judged while the head is.  What two threads share
 * nobody writes: the policy has another matcher, memory is the base's own, names of the head
 * are those that it had, and its tree is asked before anybody judges it.
 */
#include "analyzers/policy/policy.h"
#include "base/pool.h"
#include "cmd/ci.h"
#include "cmd/sides_work.h"
#include "graph/source/gitbase.h"
#include "graph/source/gitindex.h"
#include "graph/source/samefacts.h"
#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <stdlib.h>
#include <string.h>

/* Judging a tree as the head was judged. */
struct another {
	struct run run;
	struct settings set;
	struct judge_steps steps;
	struct judge *head;
	struct sides *s;
	bool other_policy;
};

struct sides_work {
	struct another base;
	struct arena arena;             /* what is found and judged beside the head */
	struct beside *beside;
	const struct policy *policy;    /* the head's, which the base gets back */
	struct rule_set chosen;         /* of the head; judging changes its own */
	/* The head's files and what their names were when they had been read. */
	struct source like;
	struct symtab names;
	struct err find_err, err;
	int find_rc, rc;
	bool found, read, judged;       /* how far it came */
	bool alone;                     /* nobody judges the head meanwhile */
	bool compared, same_facts;
};

/* ---- as the head was ---- */

static int choose_same(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	const struct another *o = ctx;

	const struct rule_set *chosen = o->s->work ? &o->s->work->chosen : &o->head->chosen;

	/* Under another policy other rules are off. */
	j->chosen = *chosen;
	if (o->other_policy && judge_rules(run->set, j->session.policy, run->arena, &j->chosen,
					   err))
		return -1;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		if (!(analyzer_of(i)->needs & FACT_CHANGE))
			j->chosen.has[i] |= rules_always.has[i] && !o->other_policy;
		else
			/* What the gate asks of bodies it asks of both sides. */
			j->chosen.has[i] = (analyzer_of(i)->needs & FACT_BODIES) &&
					   chosen->has[i];
	return 0;
}

static bool same_facts(const struct judge *head, const struct judge *base)
{
	bool lines = ((analyzers_needs(&head->chosen) | analyzers_needs(&rules_always)) &
		      FACT_LINES) != 0;

	return source_same_facts(head->session.source, base->session.source, lines);
}

/*
 * Would judging `base` come to what judging the head came to, before anything was held
 * against a base?  Judging rests on the facts of the source, on what it asks of the tree
 * beside them (decision records, owners, the baseline, bodies), on the policy, which is one,
 * and on the day.  What rests on more is history, and asks for the base itself.
 */
static bool is_same(const struct judge *base, void *ctx)
{
	const struct another *o = ctx;
	const struct sides_work *w = o->s->work;
	const struct judge *head = o->head;
	bool same = w && w->compared ? w->same_facts : same_facts(head, base);

	return same && !head->session.bodies &&
	       hold_same_day(&head->hold, &base->hold, head->session.policy) &&
	       treelog_same(head->session.source->tree, base->session.source->tree);
}

/* `rev` NULL = the tree of the head. */
static void prepare(const struct run *run, struct judge *head, struct sides *s, const char *rev,
		    struct another *ret)
{
	*ret = (struct another){
		.run = *run, .set = *run->set, .head = head, .s = s,
		.steps = {
			.command = "gate", .choose = choose_same, .may_miss_baseline = true,
			.policy = head->session.policy, .committed = sides_compares(run),
			.like = head->session.source,
		},
	};
	if (rev) {
		ret->set.rev = rev;
		ret->set.staged = false;
		ret->set.given = (ret->set.given & ~OPT_TREE) | OPT_BIT(OPT_REV);
	}
	/* What is to be said of the tree was said once. */
	ret->set.quiet = true;
	ret->run.set = &ret->set;
	ret->steps.ctx = ret;
}

static void prepare_base(const struct run *run, struct judge *head, struct sides *s,
			 struct another *ret)
{
	prepare(run, head, s, s->base_commit, ret);
	ret->steps.enough = s->share ? is_same : NULL;
	/*
	 * Nobody is told how to mend what the base had.  What cuts weigh in symbols only their
	 * findings know.
	 */
	ret->steps.brief = s->share && run->set->weigh != WEIGH_SYMBOLS;
}

int sides_judge_allowed(const struct run *run, struct judge *head, struct sides *s,
			const struct policy *was, struct err *err)
{
	struct another o;

	prepare(run, head, s, NULL, &o);
	o.steps.policy = was;
	o.steps.baseline_of = &s->base;
	o.other_policy = was != head->session.policy;
	return judge_run(&o.run, &o.steps, &s->allowed, err);
}

/* ---- which commit ---- */

/* A pull request's target, where CI says that this is one. */
static const char *base_of(const struct run *run)
{
	const char *rev = run->set->base;

	return rev || run->set->staged || run->set->rev ? rev : ci_base(run->arena);
}

bool sides_compares(const struct run *run)
{
	return run->set->staged || base_of(run);
}

static int find_base(const struct run *run, struct sides *s, struct err *err)
{
	const char *rev = base_of(run);
	struct git_base base;

	if (s->given) {
		s->base_commit = s->given->commit;
		s->how = s->given->how;
		return 0;
	}
	/* What is staged changes HEAD, unless something else is to be compared with. */
	if (!rev && !run->set->staged) {
		s->why_not = "--base REV compares";
		return 0;
	}
	if (!rev ? gitbase_head(".", run->arena, &base, err) :
	    gitbase_merge(".", rev, run->set->rev, run->arena, &base, err))
		return -1;
	s->why_not = "nothing was committed yet";
	s->base_commit = base.commit;
	s->how = base.how;
	return 0;
}

int sides_find(const struct run *run, struct sides *s, struct err *err)
{
	if (!s->work)
		return find_base(run, s, err);
	/* It is looked for beside the head. */
	sides_dropped(s);
	*err = s->work->find_err;
	return s->work->find_rc;
}

bool sides_sparse(const struct judge *head)
{
	return head->session.source->tree->on_disk && gitindex_skips_go(head->session.source->root);
}

/* ---- beside the head ---- */

/* What fails is told when the head was judged. */
static void read_base(void *ctx)
{
	struct sides_work *w = ctx;
	struct sides *s = w->base.s;
	struct run own = w->base.run;

	own.arena = &w->arena;
	w->find_rc = find_base(&own, s, &w->find_err);
	if (w->find_rc || !s->base_commit || sides_sparse(w->base.head))
		return;
	prepare_base(&own, w->base.head, s, &w->base);
	w->base.steps.policy = policy_for_thread(w->policy, &w->arena);
	w->base.steps.like = &w->like;
	s->opened_base = w->read = true;
	w->rc = judge_read(&w->base.run, &w->base.steps, &s->base, &w->err);
	/* Trees are not for two threads that ask for folders: then the head's waits. */
	w->compared = !w->rc && s->share && w->alone;
	w->same_facts = w->compared && same_facts(w->base.head, &s->base);
}

static void judge_base(void *ctx)
{
	struct sides_work *w = ctx;

	w->rc = judge_go_on(&w->base.run, &w->base.steps, &w->base.s->base, &w->err);
}

/* Who judges the head adds names to its table, which moves then; texts stay where they are. */
static void take_names(struct sides_work *w, const struct source *s)
{
	const char **text = arena_array(&w->arena, const char *, s->syms->count);

	memcpy(text, s->syms->text, s->syms->count * sizeof(*text));
	w->names = (struct symtab){ .text = text, .count = s->syms->count };
	w->like = *s;
	w->like.syms = &w->names;
}

void sides_begin(const struct run *run, struct judge *head, struct sides *s)
{
	struct sides_work *w;

	/* Debt is reckoned before the base is judged, and the order of errors is told of. */
	if (head->session.options.workers < 2 || sides_debt_asked(head->session.policy))
		return;
	s->work = w = xcalloc(1, sizeof(*w));
	*w = (struct sides_work){
		.base = { .run = *run, .head = head, .s = s }, .policy = head->session.policy,
		.arena = ARENA_INIT, .find_err = ERR_INIT, .err = ERR_INIT,
		.chosen = head->chosen,
	};
	/* An index has no status to wait for: the head goes on at once. */
	w->alone = !head->session.options.staged;
	take_names(w, head->session.source);
	w->beside = beside_start(read_base, w);
	if (!w->alone)
		return;
	source_status(head->session.source);
	sides_dropped(s);
	/* Where facts are the same the head tells whether more is needed; it caches bodies. */
	if (!w->read || w->rc || w->same_facts ||
	    (analyzers_needs(&s->base.chosen) & FACT_BODIES))
		return;
	w->judged = true;
	w->beside = beside_start(judge_base, w);
}

void sides_dropped(struct sides *s)
{
	struct beside *b = s->work ? s->work->beside : NULL;

	if (s->work)
		s->work->beside = NULL;
	beside_wait(b);
}

int sides_judge_base(const struct run *run, struct judge *head, struct sides *s, struct err *err)
{
	struct sides_work *w = s->work;

	sides_dropped(s);
	if (!w || !w->read) {
		struct another o;

		prepare_base(run, head, s, &o);
		s->opened_base = true;
		return judge_run(&o.run, &o.steps, &s->base, err);
	}
	if (!w->rc && !w->judged)
		judge_base(w);
	session_told(&s->base.session);
	/* One policy, for who asks whether it is. */
	s->base.session.policy = w->policy;
	*err = w->err;
	return w->rc;
}

void sides_work_free(struct sides_work *w)
{
	if (!w)
		return;
	arena_release(&w->arena);
	free(w);
}
