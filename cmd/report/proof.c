/* SPDX-License-Identifier: MIT */
/* proof.c - counts the work and puts it into words. */
#include "cmd/report/proof.h"
#include "analyzers/decisions.h"
#include "base/text.h"
#include "analyzers/gate.h"
#include "graph/symbols.h"

#include <stdlib.h>

static bool is_off(const struct report *r, enum rule_id rule)
{
	const struct rule *row = &rule_rows[rule];

	return (r->policy ? policy_rule_level(r->policy, row) : row->severity) == SEV_OFF;
}

/* Does it judge what a policy says, where nobody wrote one?  Or a baseline? */
static bool lacks_policy(const struct report *r, enum rule_id rule)
{
	return (!r->policy || !r->policy->found) && analyzer_of(rule)->needs & FACT_POLICY;
}

static bool lacks_baseline(enum rule_id rule)
{
	return (analyzer_of(rule)->needs & FACT_BASELINE) != 0;
}

static bool lacks_decisions(enum rule_id rule)
{
	return (analyzer_of(rule)->needs & FACT_DECISIONS) != 0;
}

const char *proof_silence(const struct report *r, enum rule_id rule)
{
	if (!r->chosen || !r->chosen->has[rule])
		return is_off(r, rule) ? "is off" : "was not asked for";
	if (!r->ran->ran[rule])
		return "did not run";
	if (r->ran->judged[rule])
		return NULL;
	if (lacks_policy(r, rule))
		return "needs a policy";
	if (lacks_decisions(rule))
		return "needs decision records";
	return lacks_baseline(rule) ? "needs a baseline" : "had nothing to judge";
}

static void count_rules(const struct report *r, struct proof *p)
{
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		bool chosen = r->chosen && r->chosen->has[i];

		if (!r->gate && analyzer_of(i)->needs & FACT_CHANGE)
			continue;
		/* Who has no manifests, or names none, need not hear of the rules about them. */
		if (!chosen && analyzer_of(i)->needs & FACT_MANIFESTS)
			continue;
		if (!r->chosen || !r->chosen->has[i])
			++*(is_off(r, i) ? &p->rules_off : &p->rules_not_chosen);
		else if (r->ran->ran[i] && !r->ran->judged[i] && lacks_policy(r, i))
			p->rules_unruled++;
		else if (r->ran->ran[i] && !r->ran->judged[i] && lacks_baseline(i))
			p->rules_baseless++;
		else if (r->ran->ran[i] && !r->ran->judged[i] && lacks_decisions(i))
			p->rules_undecided++;
		else if (!r->ran->ran[i] || !r->ran->judged[i])
			p->rules_idle++;
		else
			p->rules_ran++;
	}
}

uint32_t proof_packages(const struct source *s, const struct graph *g, uint32_t flags)
{
	bool *seen = xcalloc(s->ndirs, sizeof(*seen));
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (g->dir[p].v == ID_NONE || (g->flags[p] & flags) != flags || seen[g->dir[p].v])
			continue;
		seen[g->dir[p].v] = true;
		n++;
	}
	free(seen);
	return n;
}

static void count_bodies(const struct report *r, struct proof *p)
{
	struct link *link = r->symbols ? symbols_link(r->symbols) : NULL;
	struct link_share share;

	if (!link)
		return;
	link_count(link, &share);
	p->bodies = symbols_bodies(r->symbols)->stats.asked;
	p->bodies_broken = symbols_bodies(r->symbols)->stats.degraded;
	p->selectors = share.refs;
	p->resolved = share.imported;
}

void proof_count(const struct report *r, struct proof *ret)
{
	const struct source *s = r->source;
	const struct source_stats *st = &s->stats;

	*ret = (struct proof){
		.degraded = st->degraded, .skipped = st->unreadable, .lines = st->lines,
		.parsed = s->nfiles - st->degraded - st->unreadable,
	};
	for (uint32_t f = 0; f < s->nfiles; f++)
		if (s->file[f].configs && !(s->file[f].flags & FILE_HIDDEN))
			ret->imports += s->file[f].nimports;
	if (r->mapping)
		ret->mapped = r->mapping->mapped + r->mapping->shared;
	if (r->graph) {
		ret->packages = proof_packages(s, r->graph, 0);
		ret->edges = r->graph->nedges;
		ret->inside = r->graph->nsites;
	}
	ret->decided = r->decisions && r->decisions->read;
	if (ret->decided) {
		ret->records = r->decisions->all.count;
		ret->records_bad = r->decisions->all.nproblems;
	}
	count_bodies(r, ret);
	count_rules(r, ret);
}

/* Adds ", 3 generated" where there are any. */
static const char *and_some(struct arena *a, const char *text, uint64_t n, const char *one,
			    const char *many)
{
	if (!n)
		return text;
	return arena_printf(a, "%s%s%s", text, *text ? ", " : "", text_count(a, n, one, many));
}

/* What the reader did not look at, and the reason: nothing is skipped in silence. */
static const char *left_out(const struct report *r, struct arena *a)
{
	const struct source_stats *st = &r->source->stats;
	const char *text = "";

	text = and_some(a, text, st->left_out_modules, "module that go.work does not use",
			"modules that go.work does not use");
	text = and_some(a, text, st->in_no_config, "file in no build configuration",
			"files in no build configuration");
	text = and_some(a, text, st->excluded, "file that the policy excludes",
			"files that the policy excludes");
	text = and_some(a, text, st->symlinks, "symbolic link to a folder",
			"symbolic links to folders");
	text = and_some(a, text, st->repositories, "repository below this one, as a submodule is",
			"repositories below this one, as submodules are");
	text = and_some(a, text, st->ignored_dirs, "folder that a go.mod shuts out",
			"folders that a go.mod shuts out");
	text = and_some(a, text, r->decisions ? r->decisions->all.links : 0,
			"symbolic link to a folder beside decision records",
			"symbolic links to folders beside decision records");
	return *text ? arena_printf(a, "; left out: %s", text) : "";
}

static const char *idle_rules(const struct report *r, struct arena *a)
{
	const char *text = "";

	for (unsigned i = 0; i < RULE_COUNT; i++)
		if (r->chosen->has[i] && proof_silence(r, i) && !lacks_policy(r, i) &&
		    !lacks_baseline(i) && !lacks_decisions(i))
			text = arena_printf(a, "%s%s%s", text, *text ? ", " : "",
					    rule_rows[i].name);
	return text;
}

/* " (broken-go-mod and unreadable-header always do)": what cannot be read is always told. */
static const char *unasked_rules(const struct report *r, const char *text, struct arena *a)
{
	bool first = true;

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		if (!r->unasked || !r->unasked->has[i])
			continue;
		text = arena_printf(a, "%s%s%s", text, first ? " (" : " and ",
				    rule_rows[i].name);
		first = false;
	}
	return first ? text : arena_printf(a, "%s always do)", text);
}

static const char *rule_words(const struct report *r, const struct proof *p, struct arena *a)
{
	const char *text = arena_printf(a, "; %s ran",
					text_count(a, p->rules_ran, "rule", "rules"));

	text = unasked_rules(r, text, a);
	if (p->rules_idle)
		text = arena_printf(a, "%s, %s had nothing to judge (%s)", text,
				    text_number(a, p->rules_idle), idle_rules(r, a));
	if (p->rules_unruled)
		text = arena_printf(a, "%s, %s a policy", text,
				    text_count(a, p->rules_unruled, "needs", "need"));
	if (p->rules_baseless)
		text = arena_printf(a, "%s, %s a baseline", text,
				    text_count(a, p->rules_baseless, "needs", "need"));
	if (p->rules_undecided)
		text = arena_printf(a, "%s, %s decision records", text,
				    text_count(a, p->rules_undecided, "needs", "need"));
	if (p->rules_not_chosen)
		text = arena_printf(a, "%s, %s not asked for", text,
				    text_number(a, p->rules_not_chosen));
	if (p->rules_off)
		text = arena_printf(a, "%s, %s off", text, text_number(a, p->rules_off));
	return text;
}

/* "99.8 %", rounded down: all of them is 100 % only when it is. */
static const char *share_words(uint64_t part, uint64_t all, struct arena *a)
{
	uint64_t tenths = part * 1000 / all;

	unsigned whole = (unsigned)(tenths / 10), rest = (unsigned)(tenths % 10);

	return rest ? arena_printf(a, "%u.%u %%", whole, rest) : arena_printf(a, "%u %%", whole);
}

static const char *body_words(const struct proof *p, struct arena *a)
{
	const char *broken = p->bodies_broken ? arena_printf(a, ", %s with errors",
							     text_number(a, p->bodies_broken)) : "";

	const char *files = text_count(a, p->bodies, "file", "files");

	if (!p->selectors)
		return arena_printf(a, "; bodies of %s%s", files, broken);
	return arena_printf(a, "; bodies of %s%s: %s of other packages, %s resolved", files, broken,
			    text_count(a, p->selectors, "selector", "selectors"),
			    share_words(p->resolved, p->selectors, a));
}

/* "2,318 at the base and ": it was read as well. */
static const char *base_words(const struct report *r, struct arena *a)
{
	const struct source *s = r->base;

	uint32_t bad = !s ? 0 : s->stats.degraded + s->stats.unreadable;

	return !s ? "" : arena_printf(a, "%s at the base%s and ",
				      text_number(a, s->nfiles - s->stats.unreadable),
				      !bad ? "" : arena_printf(a, " (%s broken)",
							       text_number(a, bad)));
}

/* "12 decision records, 1 not readable". */
static const char *record_words(const struct proof *p, struct arena *a)
{
	const char *text = text_count(a, p->records, "decision record", "decision records");

	return !p->records_bad ? text : arena_printf(a, "%s, %s not readable", text,
						     text_number(a, p->records_bad));
}

const char *proof_words(const struct report *r, struct arena *a)
{
	const struct source *s = r->source;
	struct proof p;
	const char *text;
	bool records;

	proof_count(r, &p);
	records = r->beside_go && p.decided;
	text = arena_printf(a, "%s%s%s%s read, %s broken",
			    records ? record_words(&p, a) : "", records ? "; " : "",
			    base_words(r, a),
			    text_count(a, (uint64_t)p.parsed + p.degraded, "file", "files"),
			    text_number(a, p.degraded));
	if (p.skipped)
		text = arena_printf(a, "%s, %s not readable", text, text_number(a, p.skipped));
	if (s->stats.generated)
		text = arena_printf(a, "%s, %s generated", text,
				    text_number(a, s->stats.generated));
	text = arena_printf(a, "%s; %s, %s of them inside; %s", text,
			    text_count(a, p.imports, "import", "imports"), text_number(a, p.inside),
			    text_count(a, s->nconfigs, "platform", "platforms"));
	if (s->nmodules > 1)
		text = arena_printf(a, "%s; %s", text,
				    text_count(a, s->nmodules, "module", "modules"));
	if (p.decided && !records && (p.records || p.records_bad))
		text = arena_printf(a, "%s; %s", text, record_words(&p, a));
	if (p.bodies)
		text = arena_printf(a, "%s%s", text, body_words(&p, a));
	if (r->ran && r->chosen)
		text = arena_printf(a, "%s%s", text, rule_words(r, &p, a));
	return arena_printf(a, "%s%s", text, left_out(r, a));
}

/* ", 42 in the baseline, 3 excepted, 1 ignored". */
static const char *held_words(const struct report *r, struct arena *a)
{
	static const char *const words[] = {
		[FINDING_BASELINED] = "in the baseline", [FINDING_EXCEPTED] = "excepted",
		[FINDING_IGNORED] = "ignored", [FINDING_KNOWN] = "at the base too",
		[FINDING_ELSEWHERE] = "of other owners",
	};
	static const enum finding_state order[] = {
		FINDING_KNOWN, FINDING_BASELINED, FINDING_EXCEPTED, FINDING_IGNORED,
		FINDING_ELSEWHERE,
	};
	const char *text = "";

	for (unsigned o = 0; o < ARRAY_SIZE(order); o++) {
		uint32_t n = 0;

		for (uint32_t i = 0; i < r->findings->nheld; i++)
			n += r->findings->held[i].state == order[o];
		if (n)
			text = arena_printf(a, "%s, %s %s", text, text_number(a, n),
					    words[order[o]]);
	}
	return text;
}

/* "FAIL: new errors 1, limit 0; 1 new error, ...". */
static const char *gate_words(const struct report *r, const char *text, struct arena *a)
{
	const char *failed = gate_failures(r->gate, a);

	return r->gate->failed ? arena_printf(a, "FAIL: %s; %s", failed, text) :
	       arena_printf(a, "passed; %s", text);
}

/* Rows of the gate are told as rows; what is newly allowed is shown beside its row. */
static bool is_row(const struct finding *f)
{
	enum rule_id rule = (enum rule_id)(f->rule - rule_rows);

	return (analyzer_of(rule)->needs & FACT_CHANGE) && rule != RULE_NEWLY_ALLOWED;
}

static uint32_t count_of(const struct report *r, enum severity severity)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->findings->count; i++)
		n += r->findings->item[i].severity == severity && !is_row(&r->findings->item[i]);
	return n;
}

const char *proof_result(const struct report *r, struct arena *a)
{
	uint32_t infos = count_of(r, SEV_INFO), errors = count_of(r, SEV_ERROR);
	uint32_t warnings = count_of(r, SEV_WARNING);
	bool held = r->findings->nheld != 0;
	const char *text = arena_printf(a, "%s, %s",
		text_count(a, errors, held ? "new error" : "error", held ? "new errors" : "errors"),
		text_count(a, warnings, held ? "new warning" : "warning",
			   held ? "new warnings" : "warnings"));

	if (infos)
		text = arena_printf(a, "%s, %s info", text, text_number(a, infos));
	text = arena_printf(a, "%s%s", text, held_words(r, a));
	if (r->incomplete)
		text = arena_printf(a, "incomplete: %s; %s", r->incomplete, text);
	if (r->gate)
		text = gate_words(r, text, a);
	return arena_printf(a, "%s; exit %d", text, (int)r->status);
}
