/* SPDX-License-Identifier: MIT */
/* cmd_baseline.c - meshctl baseline: finds the verb, judges the tree, lets it run. */
#include "analyzers/policy/discover.h"
#include "base/suggest.h"
#include "cmd/baseline_verbs.h"
#include "graph/source/tree.h"

#include <string.h>

static const struct verb *const verbs[] = { &verb_status, &verb_update, &verb_add };

static const struct verb *find(const char *name, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (!strcmp(verbs[i]->name, name))
			return verbs[i];
		suggest_offer(&s, verbs[i]->name);
	}
	err_set(err, ERR_USAGE, "a baseline has no '%.100s'%s", name,
		s.count ? suggest_text(&s, "", near) : ": choose status, update or add");
	return NULL;
}

#define OF_VERBS (OPT_TREE | OPT_BIT(OPT_ALLOW_NEW) | OPT_BIT(OPT_REASON) | OPT_BIT(OPT_OWNER) | \
		  OPT_BIT(OPT_ADR) | OPT_BIT(OPT_EXPIRES) | OPT_BIT(OPT_ALL))

static int check(const struct verb *v, const struct run *run, struct err *err)
{
	opt_set foreign = run->set->given & OF_VERBS & ~v->options;
	int n = run->noperands - 1;

	for (unsigned i = 0; i < OPT_COUNT; i++)
		if (foreign & OPT_BIT(i))
			return err_set(err, ERR_USAGE, "baseline %s does not take --%s", v->name,
				       opt_rows[i].name);
	if (n < v->min_operands)
		return err_set(err, ERR_USAGE, "missing operand: meshctl baseline %s %s", v->name,
			       v->operands);
	if (n > v->max_operands)
		return err_set(err, ERR_USAGE,
			       "unexpected operand '%.100s': meshctl baseline %s%s%s",
			       run->operand[v->max_operands + 1], v->name, *v->operands ? " " : "",
			       v->operands);
	return 0;
}

/*
 * The policy's whole folder, wherever one is in it: an entry that nobody looked for
 * is not gone.  NULL where PATTERN says the same.
 */
static int find_pattern(const struct run *run, const char **ret, struct err *err)
{
	const struct source_options o = {
		.dir = ".", .rev = run->set->rev, .staged = run->set->staged,
	};
	const struct policy *policy;
	struct source_place place;

	if (policy_load(&o, run->set->config, run->arena, &policy, NULL, err) ||
	    source_place(&o, run->arena, &place, err))
		return -1;
	tree_close(place.tree);
	const char *folder = policy->folder ? policy->folder : "";
	bool here = !strcmp(folder, place.below);

	*ret = here ? NULL : path_join(run->arena, hold_typed(place.root, folder, run->arena),
				       "...");
	return 0;
}

static int run_verb(struct run *run, const struct verb *v, struct err *err)
{
	const struct judge_steps steps = {
		.command = "baseline",
		.may_miss_baseline = v->may_miss,
	};
	struct run whole = *run, own = *run;
	const char *pattern;
	struct judge j;
	int rc;

	if (find_pattern(run, &pattern, err))
		return -1;
	char *operand = pattern ? arena_strdup(run->arena, pattern) : NULL;

	whole.noperands = pattern != NULL;
	whole.operand = &operand;
	own.operand++;
	own.noperands--;
	rc = judge_run(&whole, &steps, &j, err);
	if (!rc && !j.hold.baseline && !v->may_miss)
		rc = err_set(err, ERR_CONFIG, "there is no baseline '%.200s': 'meshctl baseline "
			     "update --allow-new' writes one", j.hold.file);
	else if (!rc)
		rc = v->run(&own, &j, err);
	if (rc >= 0)
		session_time(&j.session, run->set);
	judge_release(&j, run->set);
	return rc;
}

static int run(struct run *run, struct err *err)
{
	const struct verb *v = find(run->operand[0], err);

	return !v || check(v, run, err) ? -1 : run_verb(run, v, err);
}

static const char *const formats[] = { "text", "json", NULL };
static const char *const see_also[] = { "analyze", "explain", "policy", NULL };
static const struct example examples[] = {
	{ "baseline status", "how much is accepted, of which rule and whom, what is gone or over" },
	{ "baseline update", "remove the entries of what is gone; nothing is added" },
	{ "baseline update --allow-new", "accept everything that is found today: the first day" },
	{ "baseline add 7f3a2c --reason \"waits for user\" --owner @order --expires 2027-03-31",
	  "accept one finding, and say why and until when" },
};

const struct command command_baseline = {
	.name = "baseline",
	.summary = "the accepted findings: how many, which are gone, accept one more",
	.group = GROUP_RULE,
	.operands = "VERB [ID...]",
	.min_operands = 1,
	.max_operands = 1000,
	.detail =
		"The baseline is a file of JSON Lines beside the policy, "
		"`.meshctl-baseline.jsonl` unless the policy names another; it is committed, and "
		"works without a policy too. Each line accepts one finding by its rule and what it "
		"is about, without line numbers; a circle is one line for each of its edges, so "
		"that one that shrinks or falls apart never is new. What is accepted is not "
		"counted, and can only become less.\n\n"
		"`status` counts the entries by rule, context and owner, and lists those that are "
		"fixed, that have expired, and those whose folder git knows under a new name. "
		"`update` removes what is fixed and writes new names; with --allow-new it adds "
		"every new finding from warnings up. `add` accepts findings by their short id, "
		"with a reason; for an entry that is there it changes what is given.\n\n"
		"An entry is fixed only when its rule ran, and every file it could be found in was "
		"understood. What cannot be read, and findings about comments, exceptions and the "
		"baseline itself are never accepted. The file is written under a lock beside it, "
		"whole or not at all; one that is damaged, or is no baseline, is never replaced.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_NOW) | OF_VERBS |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = run,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
