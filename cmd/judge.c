/* SPDX-License-Identifier: MIT */
/* judge.c - from settings to reports and an exit status. */
#include "cmd/judge.h"
#include "analyzers/owners.h"
#include "base/progress.h"
#include "base/suggest.h"
#include "cmd/ci.h"
#include "cmd/output.h"

#include <string.h>

static int unknown_rule(const char *text, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, text);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		suggest_offer(&s, rule_rows[i].name);
		suggest_offer(&s, rule_rows[i].id);
	}
	return err_set(err, ERR_USAGE, "unknown rule '%.100s'%s", text, suggest_text(&s, "", near));
}

static int unknown_tag(const char *text, const struct policy *p, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, text);
	for (uint32_t i = 0; i < p->nrules; i++)
		for (uint32_t t = 0; t < p->rule[i].tags.count; t++)
			suggest_offer(&s, p->rule[i].tags.item[t].text);
	return err_set(err, ERR_USAGE, "the policy tags no rule '%.100s'%s", text,
		       suggest_text(&s, "", near));
}

/* The rules that the policy gives one of these tags, but for those that are off. */
static int tagged_rules(const struct words *tags, const struct policy *p, struct rule_set *ret,
			struct err *err)
{
	if (!tags->count)
		return err_set(err, ERR_USAGE, "--tag names no tag");
	for (uint32_t w = 0; w < tags->count; w++) {
		bool found = false;

		for (uint32_t i = 0; i < p->nrules; i++)
			for (uint32_t t = 0; t < p->rule[i].tags.count; t++) {
				if (strcmp(p->rule[i].tags.item[t].text, tags->item[w]) != 0)
					continue;
				found = true;
				ret->has[p->rule[i].rule - rule_rows] |=
					policy_rule_level(p, p->rule[i].rule) != SEV_OFF;
			}
		if (!found)
			return unknown_tag(tags->item[w], p, err);
	}
	return 0;
}

int judge_rules(const struct settings *set, const struct policy *policy, struct arena *arena,
		struct rule_set *ret, struct err *err)
{
	struct words words = session_words(&set->rules, arena);
	struct words tags = session_words(&set->rule_tags, arena);

	*ret = (struct rule_set){ .has = { false } };
	if (set->rules.count && !words.count)
		return err_set(err, ERR_USAGE,
			       "--rule names no rule: 'meshctl explain' lists them");
	if (set->rule_tags.count && (words.count || set->all_rules))
		return err_set(err, ERR_USAGE, "--tag excludes --rule and --all-rules");
	if (set->rule_tags.count)
		return tagged_rules(&tags, policy, ret, err);
	if (words.count && set->all_rules)
		return err_set(err, ERR_USAGE, "--rule and --all-rules exclude each other");
	for (uint32_t i = 0; i < words.count; i++) {
		const struct rule *rule = rule_find(words.item[i]);

		if (!rule)
			return unknown_rule(words.item[i], err);
		ret->has[rule - rule_rows] = true;
	}
	/* Those of the gate compare: it chooses them itself. */
	for (unsigned i = 0; i < RULE_COUNT && !words.count; i++)
		ret->has[i] = !(analyzer_of(i)->needs & FACT_CHANGE) &&
			      (policy->manifests.count ||
			       !(analyzer_of(i)->needs & FACT_MANIFESTS)) &&
			      (set->all_rules ||
			       policy_rule_level(policy, &rule_rows[i]) != SEV_OFF);
	return 0;
}

int judge_reports(struct run *run, struct report *report, struct err *err)
{
	ci_begin(run, report);
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];
		const struct reporter *reporter = reporter_find(o->format);

		report->color = o->color;
		if (!reporter)
			return err_set(err, ERR_USAGE, "unknown format '%s'", o->format);
		if (reporter->write(report, o->file, err))
			return -1;
	}
	/* Whatever becomes of the summary, the reports that were asked for are whole. */
	run->told = true;
	return ci_end(run, report, err);
}

/* Who reads JSON reads no stderr: the envelope carries the error. */
static void report_error(struct run *run, const struct judge_steps *steps, const struct err *err)
{
	struct err ignored = ERR_INIT;
	struct report report = {
		.command = steps->command, .error = err->msg, .status = report_failure(err->code),
	};

	/* What says nothing must not take the place of an earlier report. */
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct reporter *reporter = reporter_find(run->output[i].format);

		run->output[i].silent = !reporter || !reporter->tells_failure;
	}
	judge_reports(run, &report, &ignored);
}

struct analysis judge_analysis(struct judge *j)
{
	return (struct analysis){
		.source = j->session.source, .graph = j->session.graph,
		.bodies = j->session.bodies, .link = j->session.link,
		.policy = j->session.policy, .mapping = j->session.mapping,
		.manifests = j->session.manifests, .services = j->services,
		.findings = &j->findings, .weigh = j->weigh ? j->symbols : NULL,
		.symbols = j->symbols, .brief = j->brief, .decisions = &j->decisions,
		.no_cache = !j->session.options.cache,
		.baseline = j->hold.baseline, .baseline_path = j->hold.path,
	};
}

/*
 * What cannot be read first; then the command's own rules.  In between the rules
 * that always run are not chosen, so that nothing is judged twice.
 */
static int judge_all(struct run *run, const struct judge_steps *steps, struct judge *j,
		     struct err *err)
{
	progress_at(j->session.progress, "judging");

	const struct analysis given = judge_analysis(j);
	struct rules_ran first;

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		j->unasked.has[i] = rules_always.has[i] && !j->chosen.has[i];
		j->chosen.has[i] = j->chosen.has[i] && !rules_always.has[i];
	}
	if (analyzers_run(&rules_always, &given, &first, err))
		return -1;
	memset(j->findings.skip, 0, sizeof(j->findings.skip));
	if (steps->judge ? steps->judge(run, j, steps->ctx, err) :
	    analyzers_run(&j->chosen, &given, &j->ran, err))
		return -1;
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		j->findings.skip[i] = !j->chosen.has[i];
		if (!rules_always.has[i])
			continue;
		j->chosen.has[i] = true;
		j->ran.ran[i] = first.ran[i];
		j->ran.judged[i] = first.judged[i];
		j->report.in_blocks[i] = false;
	}
	if (hold_settle(&j->hold, run->set, &given, &j->ran, err))
		return -1;
	owners_assign(&given, run->arena);
	decisions_assign(&given, run->arena);
	if (steps->by_owner && run->set->owner)
		owners_keep(&j->findings, run->set->owner, &rules_always);
	if (steps->settled && steps->settled(run, j, steps->ctx, err))
		return -1;
	findings_finish(&j->findings, j->session.source->syms);
	return 0;
}

/* What the policy says of rules; what cannot be read stays what it is. */
static void regrade(struct judge *j)
{
	const struct policy *p = j->session.policy;

	for (uint32_t i = 0; i < p->nrules; i++) {
		size_t rule = (size_t)(p->rule[i].rule - rule_rows);

		if (p->rule[i].level.at.file && !rules_always.has[rule])
			j->findings.level[rule] = p->rule[i].level.value;
	}
}

static enum severity fail_on(const struct judge_steps *steps, const struct settings *set,
			     const struct policy *p)
{
	bool given = (set->given & OPT_BIT(OPT_FAIL_ON)) != 0;

	if (!given && steps->warnings_fail)
		return SEV_WARNING;
	return given || !p->found ? (enum severity)set->fail_on : p->fail_on.value;
}

static int choose(const struct run *run, const struct judge_steps *steps, struct judge *j,
		  struct err *err)
{
	if (steps->choose)
		return steps->choose(run, j, steps->ctx, err);
	return judge_rules(run->set, j->session.policy, run->arena, &j->chosen, err);
}

static struct session_wish wish_of(const struct judge_steps *steps)
{
	return (struct session_wish){
		.lines = true, .rev = true, .graph = true, .contexts = steps->contexts,
		.domains = steps->domains,
		.policy = steps->policy, .like = steps->like, .watch = steps->watch,
		.committed = steps->committed, .status_later = steps->beside != NULL,
	};
}

static int open_hold(struct run *run, const struct judge_steps *steps, struct judge *j,
		     struct err *err)
{
	if (j->held)
		return 0;
	j->held = true;
	return hold_open(run->set, &j->session, steps->may_miss_baseline, &j->hold, err);
}

int judge_read(struct run *run, const struct judge_steps *steps, struct judge *j,
	       struct err *err)
{
	const struct session_wish wish = wish_of(steps);

	*j = (struct judge){ .session = { .source = NULL } };
	findings_init(&j->findings, run->arena);
	if (session_begin(run, &wish, &j->session, err))
		return -1;
	regrade(j);
	if (choose(run, steps, j, err) || session_source(&j->session, err))
		return -1;
	if (steps->beside)
		steps->beside(run, j, steps->ctx);
	source_status(j->session.source);
	return steps->enough ? open_hold(run, steps, j, err) : 0;
}

/* Behind the files. */
static int read_on(struct run *run, const struct judge_steps *steps, struct judge *j,
		   struct err *err)
{
	const struct session_wish wish = wish_of(steps);

	if (session_graph(run, &wish, &j->session, err))
		return -1;
	if ((analyzers_needs(&j->chosen) & FACT_BODIES) &&
	    session_all_bodies(&j->session, run->set, err))
		return -1;
	if ((analyzers_needs(&j->chosen) & FACT_MANIFESTS) &&
	    session_manifests(&j->session, steps->manifests, err))
		return -1;
	return open_hold(run, steps, j, err);
}

int judge_go_on(struct run *run, const struct judge_steps *steps, struct judge *j,
		struct err *err)
{
	const struct settings *set = run->set;

	if (steps->enough && steps->enough(j, steps->ctx))
		return 0;
	if (read_on(run, steps, j, err))
		return -1;
	if (steps->baseline_of)
		j->hold.baseline = steps->baseline_of->hold.baseline;
	j->decisions = (struct decisions){ .arena = run->arena, .read = steps->decisions != NULL };
	if (steps->decisions)
		j->decisions.all = *steps->decisions;
	j->symbols = session_symbols(&j->session, set);
	j->brief = steps->brief;
	j->weigh = set->weigh == WEIGH_SYMBOLS;
	j->report = (struct report){
		.command = steps->command, .source = j->session.source, .graph = j->session.graph,
		.findings = &j->findings, .ran = &j->ran, .chosen = &j->chosen,
		.unasked = &j->unasked, .symbols = j->symbols, .policy = j->session.policy,
		.mapping = j->session.mapping, .fail_on = fail_on(steps, set, j->session.policy),
		.all = set->all, .ctx = steps->ctx,
		.show_held = set->show_suppressed, .decisions = &j->decisions,
		.beside_go = steps->beside_go, .again = steps->again,
		.again_all = steps->again_all,
	};
	if (judge_all(run, steps, j, err))
		return -1;
	j->report.status = report_status(&j->report, run->arena, &j->report.incomplete);
	return 0;
}

int judge_run(struct run *run, const struct judge_steps *steps, struct judge *ret,
	      struct err *err)
{
	int rc = judge_read(run, steps, ret, err);

	rc = rc ? rc : judge_go_on(run, steps, ret, err);
	if (rc && steps->dropped)
		steps->dropped(steps->ctx);
	session_told(&ret->session);
	return rc;
}

void judge_release(struct judge *j, const struct settings *set)
{
	findings_release(&j->findings);
	session_symbols_free(j->symbols, set);
	session_close(&j->session);
}

int judge_command(struct run *run, const struct judge_steps *steps, struct err *err)
{
	struct judge_steps own = *steps;
	struct judge j;

	own.by_owner = true;
	int rc = judge_run(run, &own, &j, err);

	if (rc) {
		report_error(run, steps, err);
	} else {
		rc = judge_reports(run, &j.report, err);
		if (!rc)
			session_time(&j.session, run->set);
		rc = rc ? rc : (int)j.report.status;
	}
	judge_release(&j, run->set);
	return rc;
}
