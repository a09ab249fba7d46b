/* SPDX-License-Identifier: MIT */
/*
 * explain_finding.c - finds a finding by the beginning of its fingerprint.  A
 * short id is at least six digits of it, more where two of a run share them, so
 * that it does not matter which command printed it.
 */
#include "cmd/explain_finding.h"
#include "analyzers/circles.h"
#include "analyzers/decisions.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/debt.h"
#include "cmd/hold.h"
#include "cmd/output.h"
#include "cmd/report/text.h"
#include "cmd/session.h"
#include "cmd/why.h"

#include <string.h>

#define DIGITS_MIN 4u
#define DIGITS_MAX 16u
#define NAMES_MAX 4u                    /* of an ambiguous id */

struct hits {
	const struct finding *first;
	uint32_t count;
	const char *names;
};

static const char *digits_of(const char *text)
{
	return text + (*text == '#');
}

bool is_finding_id(const char *text)
{
	const char *digits = digits_of(text);
	size_t n = strspn(digits, "0123456789abcdef");

	return !digits[n] && n >= DIGITS_MIN && n <= DIGITS_MAX;
}

static void look_among(const struct finding *list, uint32_t n, const char *digits,
		       struct hits *hits, struct arena *arena)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct finding *f = &list[i];
		const char *own = arena_printf(arena, "%016llx",
					       (unsigned long long)f->fingerprint);

		if (strncmp(own, digits, strlen(digits)))
			continue;
		if (!hits->count++)
			hits->first = f;
		if (hits->count <= NAMES_MAX)
			hits->names = arena_printf(arena, "%s%s%s (%s)", hits->names,
						   *hits->names ? ", " : "", own, f->rule->name);
	}
}

static struct hits look_up(const struct findings *all, const char *id, struct arena *arena)
{
	struct hits hits = { .names = "" };

	look_among(all->item, all->count, digits_of(id), &hits, arena);
	look_among(all->held, all->nheld, digits_of(id), &hits, arena);
	return hits;
}

/* What `cycles --level` tells of levels that no rule looks at. */
static int add_knots(const struct analysis *a, struct err *err)
{
	struct circle_table table;

	circle_table_init(a->source, a->graph, NULL, a->scratch, &table);
	for (uint32_t i = 0; i < table.count; i++) {
		struct knots_at k;

		if (!table.row[i].knots)
			continue;
		knots_at_init(a->source, a->graph, table.row[i].level, a->scratch, &k);
		for (uint32_t n = 0; n < k.knots.count; n++)
			if (knot_report(a, &k, n, err))
				return -1;
	}
	return 0;
}

/* Rules that are off read whole files: they are asked when the others do not know the id. */
static int judge(const struct settings *set, struct session *s, const char *id,
		 struct findings *out, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct decisions decisions = { .arena = out->arena };
	struct analysis a = {
		.source = s->source, .graph = s->graph, .policy = s->policy,
		.mapping = s->mapping, .symbols = session_symbols(s, set),
		.scratch = &scratch, .findings = out, .decisions = &decisions,
		.no_cache = set->no_cache,
	};
	struct rule_set usual, rest;
	struct rules_ran ran;
	struct hold hold;
	int rc;

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		usual.has[i] = policy_rule_level(s->policy, &rule_rows[i]) != SEV_OFF;
		rest.has[i] = !usual.has[i];
	}
	/* A policy may ask for rules that read whole files. */
	rc = analyzers_needs(&usual) & FACT_BODIES ? session_all_bodies(s, set, err) : 0;
	if (!rc)
		rc = session_manifests(s, NULL, err);
	a.manifests = s->manifests;
	a.bodies = s->bodies;
	a.link = s->link;
	if (!rc)
		rc = hold_open(set, s, true, &hold, err);
	if (!rc) {
		a.baseline = hold.baseline;
		a.baseline_path = hold.path;
		rc = analyzers_run(&usual, &a, &ran, err);
	}
	if (!rc)
		rc = hold_settle(&hold, set, &a, &ran, err);
	if (!rc && !look_up(out, id, &scratch).count) {
		memset(out->skip, 0, sizeof(out->skip));
		rc = add_knots(&a, err);
	}
	if (!rc && !look_up(out, id, &scratch).count) {
		rc = session_all_bodies(s, set, err);
		a.bodies = s->bodies;
		a.link = s->link;
		rc = rc ? rc : analyzers_run(&rest, &a, &ran, err);
	}
	if (!rc) {
		decisions_assign(&a, out->arena);
		findings_finish(out, s->source->syms);
	}
	session_symbols_free(a.symbols, set);
	arena_release(&scratch);
	return rc;
}

static int unknown(const struct findings *all, const char *id, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, digits_of(id));
	for (uint32_t i = 0; i < all->count; i++)
		suggest_offer(&s, all->item[i].short_id);
	return err_set(err, ERR_USAGE, "no finding '%.40s' in this tree%s", digits_of(id),
		       s.count ? suggest_text(&s, "", near) :
		       ": 'meshctl analyze --all' lists them, and 'meshctl explain' the rules");
}

/* What it costs: a debt of the whole tree, and the entry that the finding is in. */
struct price {
	struct debt_run debt;
	const struct debt_entry *entry; /* NULL: it is no debt */
	bool open;
};

static int open_price(struct run *run, const struct policy *policy, const struct finding *f,
		      struct price *ret, struct err *err)
{
	struct rule_set chosen;

	*ret = (struct price){ .entry = NULL };
	debt_rules(policy, &chosen);
	if (!chosen.has[f->rule - rule_rows])
		return 0;
	ret->open = true;
	if (debt_open(run, false, &ret->debt, err))
		return -1;
	ret->entry = debt_find(&ret->debt, f->fingerprint);
	return 0;
}

static int write_json(const struct report *r, const struct finding *f, const struct price *price,
		      FILE *file, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct json_out j;
	int rc;

	json_out_init(&j, file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_open(&j, "findings", JSON_ARRAY);
	json_out_value(&j, report_finding(r, f));
	json_out_close(&j);
	if (price->entry)
		json_out_member(&j, "debt", debt_entry_json(&price->debt, price->entry, &arena));
	json_out_close(&j);
	rc = json_out_finish(&j, err);
	arena_release(&arena);
	return rc;
}

static int write_text(const struct report *r, const struct finding *f, const struct price *price,
		      FILE *file, struct err *err UNUSED)
{
	struct arena a = ARENA_INIT;

	text_finding(r, file, f);
	if (f->held_by)
		fprintf(file, "held by   %s: not counted\n", text_escape(&a, f->held_by));
	arena_release(&a);
	fprintf(file, "rule      %s %s: meshctl explain %s\n", f->rule->id, f->rule->name,
		f->rule->name);
	if (f->nedges)
		fprintf(file, "see       meshctl cycles --level %.*s --all\n",
			(int)strcspn(f->symbol, " "), f->symbol);
	if (price->entry) {
		fputc('\n', file);
		debt_explain_text(&price->debt, price->entry, file);
	}
	return 0;
}

static int write_all(struct run *run, const struct session *s UNUSED, struct report *r,
		     const struct finding *f, void *ctx UNUSED, struct err *err)
{
	struct price price;
	int rc = open_price(run, r->policy, f, &price, err);

	for (unsigned i = 0; !rc && i < run->noutputs; i++) {
		const struct output *o = &run->output[i];
		bool json = !strcmp(o->format, "json");

		r->color = o->color;
		rc = (json ? write_json : write_text)(r, f, &price, o->file, err);
	}
	if (price.open)
		debt_release(&price.debt, run->set);
	return rc;
}

int explain_finding(struct run *run, const char *id, bool *ret_none, struct err *err)
{
	return finding_look_up(run, id, write_all, NULL, ret_none, err);
}

/* A folder of this very name: whoever types it may mean either. */
static bool is_package(const struct session *s, const char *id, struct arena *arena)
{
	const struct names n = {
		.source = s->source, .packages = s->graph, .graph = s->graph,
		.level = { LEVEL_PACKAGE, 0 }, .here = where_user_is(s->source, arena),
	};
	struct err ignored = ERR_INIT;
	struct name name;

	return *id != '#' && !name_find(&n, arena_printf(arena, "./%s", id), false, arena, &name,
				      &ignored);
}

int finding_look_up(struct run *run, const char *id, finding_use *use, void *ctx, bool *ret_none,
		    struct err *err)
{
	const struct session_wish wish = {
		.lines = true, .rev = true, .graph = true, .contexts = true,
	};
	struct run whole = *run;
	struct findings findings;
	struct session session;
	int rc;

	*ret_none = false;
	whole.noperands = 0;
	if (session_open(&whole, &wish, &session, err))
		return -1;
	findings_init(&findings, run->arena);
	rc = judge(run->set, &session, id, &findings, err);
	struct hits hits = look_up(&findings, id, run->arena);
	struct report r = {
		.command = "explain", .source = session.source, .graph = session.graph,
		.findings = &findings, .policy = session.policy, .all = true,
	};

	*ret_none = !rc && !hits.count;
	if (*ret_none)
		rc = unknown(&findings, id, err);
	else if (!rc && hits.count > 1)
		rc = err_set(err, ERR_USAGE, "'%.40s' begins several findings: %.200s%s",
			     digits_of(id), hits.names, hits.count > NAMES_MAX ? ", ..." : "");
	else if (!rc && is_package(&session, id, run->arena))
		rc = err_set(err, ERR_USAGE, "'%.40s' is a finding and a package: write '#%.40s' "
			     "or './%.40s'", id, id, id);
	else if (!rc)
		rc = use(&whole, &session, &r, hits.first, ctx, err);
	findings_release(&findings);
	session_close(&session);
	return rc;
}
