/* SPDX-License-Identifier: MIT */
/* sides.c - judges the base of a change. */
#include "cmd/sides.h"
#include "analyzers/policy/discover.h"
#include "base/limits.h"
#include "base/progress.h"
#include "base/text.h"
#include "cmd/ci.h"
#include "cmd/change.h"
#include "graph/source/gitbase.h"
#include "graph/source/gitindex.h"
#include "graph/source/renames.h"
#include "graph/source/samefacts.h"
#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <string.h>

/* ---- judging another tree as the head was ---- */

static int choose_same(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	const struct judge *head = ctx;

	/* Under another policy other rules are off. */
	j->chosen = head->chosen;
	if (j->session.policy != head->session.policy &&
	    judge_rules(run->set, j->session.policy, run->arena, &j->chosen, err))
		return -1;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		if (analyzer_of(i)->needs & FACT_CHANGE)
			/* What the gate asks of bodies it asks of both sides. */
			j->chosen.has[i] = (analyzer_of(i)->needs & FACT_BODIES) &&
					   head->chosen.has[i];
	return 0;
}

/*
 * Would judging `base` come to what judging the head came to, before anything was held
 * against a base?  Judging rests on the facts of the source, on what it asks of the tree
 * beside them (decision records, owners, the baseline, bodies), on the policy, which is one,
 * and on the day.  What rests on more is history, and asks for the base itself.
 */
static bool is_same(const struct judge *base, void *ctx)
{
	const struct judge *head = ctx;
	bool lines = (analyzers_needs(&head->chosen) & FACT_LINES) != 0;

	return !head->session.bodies &&
	       hold_same_day(&head->hold, &base->hold, head->session.policy) &&
	       source_same_facts(head->session.source, base->session.source, lines) &&
	       treelog_same(head->session.source->tree, base->session.source->tree);
}

struct another {
	const char *rev;                /* NULL = the tree of the head */
	const struct policy *policy;
	const struct judge *baseline_of;
	bool share;                     /* see struct sides */
};

static int judge_another(const struct run *run, struct judge *head, const struct another *o,
			 struct judge *ret, struct err *err)
{
	const struct judge_steps steps = {
		.command = "gate", .choose = choose_same, .ctx = head,
		.may_miss_baseline = true, .policy = o->policy, .baseline_of = o->baseline_of,
		.committed = sides_compares(run), .like = head->session.source,
		.enough = o->share ? is_same : NULL,
		/*
		 * Nobody is told how to mend what the base had.  What cuts weigh in symbols
		 * only their findings know.
		 */
		.brief = o->share && run->set->weigh != WEIGH_SYMBOLS,
	};
	struct settings set = *run->set;
	struct run own = *run;

	if (o->rev) {
		set.rev = o->rev;
		set.staged = false;
		set.given = (set.given & ~OPT_TREE) | OPT_BIT(OPT_REV);
	}
	/* What is to be said of the tree was said once. */
	set.quiet = true;
	own.set = &set;
	return judge_run(&own, &steps, ret, err);
}

/* ---- what the change allows ---- */

/* The bytes of a file that one side has; "" where it has none. */
static int bytes_of(const struct source *s, const char *path, struct arena *a, const char **ret,
		    size_t *ret_len, struct err *err)
{
	struct tree_buf buf = { 0 };
	uint32_t ref;
	int rc = 0;

	*ret = "";
	*ret_len = 0;
	if (tree_find(s->tree, path, a, &ref))
		rc = tree_read(s->tree, path, ref, (size_t)limit_of(LIMIT_YAML_BYTES), &buf, err);
	if (!rc && buf.len) {
		*ret = arena_strndup(a, buf.bytes, buf.len);
		*ret_len = buf.len;
	}
	tree_buf_release(&buf);
	return rc;
}

static int compare_file(const struct source *a, const struct source *b, const char *path,
			bool *ret_differs, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	const char *x, *y;
	size_t nx, ny;
	int rc = bytes_of(a, path, &scratch, &x, &nx, err);

	rc = rc ? rc : bytes_of(b, path, &scratch, &y, &ny, err);
	if (!rc)
		*ret_differs = nx != ny || memcmp(x, y, nx) != 0;
	arena_release(&scratch);
	return rc;
}

/* Has the head an entry that the base has not, or that holds for longer? */
static bool baseline_grew(const struct baseline *head, const struct baseline *base)
{
	for (uint32_t i = 0; head && i < head->nentries; i++) {
		const struct baseline_entry *e = &head->entry[i];
		const struct baseline_entry *was = !base ? NULL :
			baseline_find(base, e->rule, e->from, e->to, e->symbol);

		if (!was || was->end < e->end)
			return true;
	}
	return false;
}

static int judge_allowed(const struct run *run, struct judge *head, struct sides *s,
			 struct err *err)
{
	const struct policy *own = head->session.policy, *was = own;
	struct source_options o = head->session.options;
	struct err cause = ERR_INIT;
	bool edited = false;

	if (own->in_tree && compare_file(head->session.source, s->base.session.source, own->path,
					 &edited, &cause)) {
		s->allowed_why = arena_printf(run->arena, "the policy cannot be read: %s",
					      cause.msg);
		return 0;
	}
	if (!edited && !baseline_grew(head->hold.baseline, s->base.hold.baseline))
		return 0;
	o.rev = s->base_commit;
	o.staged = false;
	if (edited && policy_load(&o, NULL, run->arena, &was, NULL, &cause)) {
		s->allowed_why = arena_printf(run->arena,
			"the policy of the base cannot be read: %s",
					      cause.msg);
		return 0;
	}
	if (!was->found) {
		s->first_policy = true;
		return 0;
	}
	s->was = edited ? was : NULL;
	const struct another allowed = { .policy = was, .baseline_of = &s->base };

	s->opened_allowed = s->has_allowed = true;
	return judge_another(run, head, &allowed, &s->allowed, err);
}

/* ---- the base ---- */

struct between { const struct source *base, *head; };

static uint32_t ask_renames(void *ctx, struct arena *arena, const struct folder_rename **ret)
{
	const struct between *b = ctx;

	return renames_between(b->base, b->head, arena, ret);
}

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

int sides_open(const struct run *run, struct judge *head, struct sides *s, struct err *err)
{
	struct another base = { .policy = head->session.policy, .share = s->share };
	struct err cause = ERR_INIT;

	if (find_base(run, s, err))
		return -1;
	if (sides_debt_asked(head->session.policy)) {
		progress_at(head->session.progress, "reckoning debt");
		sides_debt(run, head, NULL, &s->debt_now);
		if (s->base_commit)
			sides_debt(run, head, s->base_commit, &s->debt_base);
		s->debt_known = true;
	}
	if (!s->base_commit)
		return 0;
	if (head->session.source->tree->on_disk && gitindex_skips_go(head->session.source->root))
		return err_set(err, ERR_INPUT, "the working tree is sparse: Go files that are not "
			       "checked out would count as removed; judge what is committed, with "
			       "--rev HEAD, or --staged");
	base.rev = s->base_commit;
	s->opened_base = true;
	progress_at(head->session.progress, "judging the base");
	if (judge_another(run, head, &base, &s->base, &cause))
		return err_set(err, cause.code, "the base %.7s cannot be judged: %s", base.rev,
			       cause.msg);
	s->has_base = true;
	s->same = !s->base.session.graph;
	if (s->same)
		report_status(&head->report, run->arena, &s->base.report.incomplete);

	struct between between = { s->base.session.source, head->session.source };
	const struct settle_base known = {
		.findings = &s->base.findings, .name = arena_printf(run->arena, "%.7s", base.rev),
		.renames = ask_renames, .renames_ctx = &between,
	};

	if (judge_allowed(run, head, s, err))
		return -1;
	if (s->same)
		findings_all_known(&head->findings, known.name);
	else
		findings_known(&head->findings, &known);
	return 0;
}

/* ---- words ---- */

static const char *short_name(const struct source_rev *rev, struct arena *a)
{
	return rev->known && *rev->commit ? arena_printf(a, "%.7s", rev->commit) :
	       rev->known ? "no commit yet" : "no repository";
}

static const char *head_words(const struct source *s, struct arena *a)
{
	const char *name = short_name(&s->rev, a);

	if (s->rev.staged)
		return "what is staged";
	return s->rev.known && !s->rev.clean ? arena_printf(a, "%s with changes", name) : name;
}

const char *sides_headline(const struct sides *s, const struct source *head, struct arena *a)
{
	struct change change;

	if (!s->has_base)
		return arena_printf(a, "head %s, judged against the baseline: %s",
				    head_words(head, a), s->why_not);
	change_between(s->base.session.source, head, a, &change);
	return arena_printf(a, "base %.7s (%s), head %s: %s, %s added, %s removed",
			    s->base_commit, s->how, head_words(head, a),
			    text_count(a, change.files, "Go file", "Go files"),
			    text_count(a, change.nadded, "import", "imports"),
			    text_number(a, change.nremoved));
}

int sides_judge(struct judge *j, struct sides *s, const char *incomplete, struct gate *ret,
		struct err *err)
{
	const struct analysis head = judge_analysis(j);
	struct analysis base = s->same ? head : judge_analysis(&s->base);

	base.source = s->base.session.source;

	const struct gate_tree base_tree = {
		.given = &base, .baseline = s->base.hold.baseline,
		.incomplete = s->base.report.incomplete,
		.debt = s->debt_known ? &s->debt_base : NULL,
	};
	const struct gate_given given = {
		.head = { .given = &head, .baseline = j->hold.baseline, .incomplete = incomplete,
			  .debt = s->debt_known ? &s->debt_now : NULL },
		.base = s->has_base ? &base_tree : NULL, .same = s->same,
		.allowed = s->has_allowed ? &s->allowed.findings : NULL,
		.was = s->was, .was_fail_on = s->allowed.report.fail_on,
		.allowed_source = s->allowed.session.source, .allowed_why = s->allowed_why,
		.first = s->first_policy, .fail_on = j->report.fail_on,
		.policy_path = j->session.policy->path,
		.no_cache = !j->session.options.cache,
	};

	return gate_judge(&given, ret, err);
}

void sides_release(struct sides *s, const struct settings *set)
{
	if (s->opened_allowed)
		judge_release(&s->allowed, set);
	if (s->opened_base)
		judge_release(&s->base, set);
	*s = (struct sides){ .has_base = false };
}
