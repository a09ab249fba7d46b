/* SPDX-License-Identifier: MIT */
/* sides.c - what a change is compared with, and what it allows. */
#include "cmd/sides.h"
#include "analyzers/policy/discover.h"
#include "base/limits.h"
#include "base/progress.h"
#include "base/text.h"
#include "cmd/change.h"
#include "cmd/sides_work.h"
#include "graph/source/renames.h"
#include "graph/source/tree.h"

#include <string.h>

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
	s->opened_allowed = s->has_allowed = true;
	return sides_judge_allowed(run, head, s, was, err);
}

/* ---- the base ---- */

struct between { const struct source *base, *head; };

static uint32_t ask_renames(void *ctx, struct arena *arena, const struct folder_rename **ret)
{
	const struct between *b = ctx;

	return renames_between(b->base, b->head, arena, ret);
}

int sides_open(const struct run *run, struct judge *head, struct sides *s, struct err *err)
{
	struct err cause = ERR_INIT;

	if (sides_find(run, s, err))
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
	if (sides_sparse(head))
		return err_set(err, ERR_INPUT, "the working tree is sparse: Go files that are not "
			       "checked out would count as removed; judge what is committed, with "
			       "--rev HEAD, or --staged");
	progress_at(head->session.progress, "judging the base");
	if (sides_judge_base(run, head, s, &cause))
		return err_set(err, cause.code, "the base %.7s cannot be judged: %s",
			       s->base_commit, cause.msg);
	s->has_base = true;
	s->same = !s->base.session.graph;
	if (s->same)
		report_status(&head->report, run->arena, &s->base.report.incomplete);

	struct between between = { s->base.session.source, head->session.source };
	const struct settle_base known = {
		.findings = &s->base.findings,
		.name = arena_printf(run->arena, "%.7s", s->base_commit),
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
	sides_dropped(s);
	if (s->opened_base)
		judge_release(&s->base, set);
	sides_work_free(s->work);
	*s = (struct sides){ .has_base = false };
}
