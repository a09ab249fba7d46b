/* SPDX-License-Identifier: MIT */
/* debt_data.c - debt for programs: JSON and CSV. */
#include "base/json.h"
#include "base/text.h"
#include "cmd/debt.h"
#include "cmd/measure.h"
#include "cmd/output.h"
#include "graph/cut.h"

#include <math.h>

void debt_price_members(const struct debt_run *d, const struct debt_part *p, struct json *o,
			struct arena *arena)
{
	json_set_text(o, "rule", p->finding->rule->name);
	json_set_int(o, "minutes", p->minutes);
	json_set_int(o, "times", p->times);
	json_set_int(o, "per", p->per);
	json_set_int(o, "units", p->units);
	json_set_text(o, "unit", cost_unit_name(p->unit));
	json_set_int(o, "price", (int64_t)p->price);
	json_set_text(o, "source", debt_price_source(d->now.given.policy, p, arena));
}

void debt_place_members(const struct debt_run *d, const struct debt_share *s, struct json *o,
			struct arena *arena)
{
	json_set_text(o, "file", s->file == ID_NONE ? NULL :
		      source_file_path(d->now.given.source, (file_id){ s->file }, arena));
	json_set_int(o, "minutes", (int64_t)s->minutes);
	json_set_real(o, "changes", s->changes);
	json_set_real(o, "interest_minutes", s->interest);
}

void debt_number_members(const struct debt_entry *e, struct json *o)
{
	json_set_int(o, "minutes", (int64_t)e->minutes);
	json_set_real(o, "person_days", e->cost);
	json_set_real(o, "priority", e->priority);
	json_set_int(o, "touches", e->touched);
	json_set_real(o, "impact", e->impact);
	json_set_real(o, "risk", e->risk);
	json_set_real(o, "risk_level", e->hazard.severity);
	json_set_real(o, "risk_hot", e->hazard.hot);
	json_set_real(o, "risk_fixes", e->hazard.fixes);
	json_set_real(o, "risk_truck", e->hazard.truck);
	json_set_real(o, "timeliness", e->timeliness);
	json_set_text(o, "deadline", e->deadline ? e->deadline->name.text : NULL);
	json_set_bool(o, "late", e->late);
	json_set_real(o, "interest_minutes", e->interest);
	json_set_real(o, "payback_months", debt_payback((double)e->minutes, e->interest));
}

void debt_row_members(const struct debt_row *row, struct json *o)
{
	json_set_text(o, "name", row->name);
	json_set_bool(o, "rest", row->rest);
	json_set_int(o, "minutes", (int64_t)row->minutes);
	json_set_int(o, "lines", (int64_t)row->lines);
	json_set_real(o, "density", debt_density(row->minutes, row->lines));
	json_set_real(o, "interest_minutes", row->interest);
}

static struct json *part_json(const struct debt_run *d, const struct debt_part *p,
			      struct arena *arena)
{
	struct json *o = json_object();

	json_set_hex(o, "fingerprint", p->finding->fingerprint);
	json_set_text(o, "message", p->finding->message);
	json_set_text(o, "state", finding_state_name[p->finding->state]);
	debt_price_members(d, p, o, arena);
	return o;
}

static struct json *share_json(const struct debt_run *d, const struct debt_share *s,
			       struct arena *arena)
{
	struct json *o = json_object();

	debt_place_members(d, s, o, arena);
	return o;
}

struct json *debt_entry_json(const struct debt_run *d, const struct debt_entry *e,
			     struct arena *arena)
{
	struct json *o = json_object(), *parts = json_array(), *shares = json_array();

	json_set_text(o, "id", e->main->short_id);
	json_set_hex(o, "fingerprint", e->main->fingerprint);
	json_set_text(o, "kind", debt_kind_name[e->kind]);
	json_set_text(o, "what", debt_entry_name(&d->now.debt, e, arena));
	json_set_text(o, "symbol", debt_symbol(e));
	json_set_text(o, "detail", debt_detail(d, e, arena));
	json_set_real(o, "changes", d->no_past ? NAN : e->changes);
	json_set_text(o, "path", sym_text(d->now.given.source->syms, e->main->at.path));
	json_set_int(o, "line", e->main->at.line);
	json_set_text(o, "owner", e->main->owner);
	debt_number_members(e, o);
	for (uint32_t i = 0; i < e->nparts; i++)
		json_push(parts, part_json(d, &e->part[i], arena));
	for (uint32_t i = 0; i < e->nshares; i++)
		json_push(shares, share_json(d, &e->share[i], arena));
	json_set(o, "findings", parts);
	json_set(o, "places", shares);
	return o;
}

static struct json *row_json(const struct debt_run *d, const struct debt_row *row)
{
	struct json *o = json_object();

	debt_row_members(row, o);
	json_set_real(o, "density_before", debt_was(d, row));
	if (d->no_past)
		json_set(o, "recent_minutes", NULL);
	else
		json_set_int(o, "recent_minutes", (int64_t)row->recent);
	return o;
}

static uint32_t shown(const struct run *run, uint32_t n)
{
	return run->set->given & OPT_BIT(OPT_TOP) && run->set->top < n ? run->set->top : n;
}

static void put_head(const struct debt_run *d, struct json_out *j)
{
	const struct source_rev *rev = &d->now.judge.session.source->rev;
	const struct debt *debt = &d->now.debt;

	json_out_int(j, "schema", 1);
	json_out_text(j, "command", "debt");
	json_out_int(j, "status", d->status);
	json_out_text(j, "incomplete", d->now.judge.report.incomplete);
	json_out_int(j, "rule_set", DEBT_RULE_SET);
	json_out_text(j, "commit", rev->known && *rev->commit ? rev->commit : NULL);
	json_out_text(j, "no_history", d->no_past);
	json_out_int(j, "commits", d->commits);
	json_out_text(j, "commit_before", d->no_before ? NULL : d->before_commit);
	json_out_text(j, "level", d->level);
	json_out_int(j, "scored_files", debt->scored);
	json_out_int(j, "generated_files", debt->generated);
	json_out_int(j, "generated_lines", (int64_t)debt->generated_lines);
	json_out_int(j, "generated_minutes", (int64_t)debt->generated_minutes);
	json_out_int(j, "touchable", debt->touchable);
	json_out_text(j, "touchable_are", debt->by_context ? "contexts" : "packages");
}

static void put_heat(const struct debt_run *d, struct json_out *j)
{
	struct debt_heat heat;

	debt_heat(d, &heat);
	json_out_open(j, "heat_map", JSON_ARRAY);
	for (unsigned risk = 0; risk < DEBT_CELLS; risk++)
		for (unsigned impact = 0; impact < DEBT_CELLS; impact++) {
			struct json *o = json_object();

			json_set_real(o, "risk_from", (double)risk / DEBT_CELLS);
			json_set_real(o, "impact_from", (double)impact / DEBT_CELLS);
			json_set_int(o, "entries", heat.count[risk][impact]);
			json_set_real(o, "person_days", heat.days[risk][impact]);
			json_out_value(j, o);
		}
	json_out_close(j);
}

static void put_stability(const struct debt_run *d, struct json_out *j)
{
	struct json *o = json_object();
	struct debt_stability t;

	debt_stability(&d->now.debt, d->entry, d->nentries, DEBT_FIRST, &t);
	json_set_int(o, "orders", t.variants);
	json_set_int(o, "first", t.first);
	json_set_int(o, "stay", t.stay);
	json_set_real(o, "rank_correlation", t.correlation);
	json_out_member(j, "stability", o);
}

int debt_write_json(const struct debt_run *d, const struct run *run, const struct output *o,
		    struct err *err)
{
	double ratio = debt_sonar_ratio(d->now.whole.minutes, d->now.whole.lines);
	struct arena arena = ARENA_INIT;
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	put_head(d, &j);
	json_out_member(&j, "total", row_json(d, &d->now.whole));
	if (run->set->sonar && !isnan(ratio)) {
		struct json *sonar = json_object();

		json_set_real(sonar, "ratio", ratio);
		json_set_text(sonar, "grade", (char[]){ debt_sonar_grade(ratio), '\0' });
		json_out_member(&j, "sonar", sonar);
	}
	json_out_open(&j, "rows", JSON_ARRAY);
	for (uint32_t i = 0; i < shown(run, d->now.nrows); i++)
		json_out_value(&j, row_json(d, &d->now.row[i]));
	json_out_close(&j);
	put_heat(d, &j);
	put_stability(d, &j);
	json_out_int(&j, "matching", d->nentries);
	json_out_open(&j, "entries", JSON_ARRAY);
	for (uint32_t i = 0; i < shown(run, d->nentries); i++) {
		json_out_value(&j, debt_entry_json(d, d->entry[i], &arena));
		arena_reset(&arena);
	}
	json_out_close(&j);
	json_out_close(&j);
	arena_release(&arena);
	return json_out_finish(&j, err);
}

static void put_real(FILE *out, double value)
{
	if (isnan(value))
		fputc(',', out);
	else
		fprintf(out, ",%.4f", value);
}

/* One record an entry; where the debt lies is --json's. */
int debt_write_csv(const struct debt_run *d, const struct run *run, const struct output *o,
		   struct err *err UNUSED)
{
	struct arena a = ARENA_INIT;
	FILE *out = o->file;

	fputs("id,kind,what,detail,path,line,owner,minutes,priority,touches,impact,risk,timeliness,"
	      "interest_minutes\n", out);
	for (uint32_t i = 0; i < shown(run, d->nentries); i++) {
		const struct debt_entry *e = d->entry[i];

		fprintf(out, "%s,%s,", e->main->short_id, debt_kind_name[e->kind]);
		measure_put_field(out, debt_entry_name(&d->now.debt, e, &a), &a);
		fputc(',', out);
		measure_put_field(out, debt_detail(d, e, &a), &a);
		fputc(',', out);
		measure_put_field(out, sym_text(d->now.given.source->syms, e->main->at.path), &a);
		fprintf(out, ",%u,", e->main->at.line);
		measure_put_field(out, e->main->owner ? e->main->owner : "", &a);
		fprintf(out, ",%llu,%.4f,%u,%.4f,%.4f,%.4f", (unsigned long long)e->minutes,
			e->priority, e->touched, e->impact, e->risk, e->timeliness);
		put_real(out, e->interest);
		fputc('\n', out);
		arena_reset(&a);
	}
	arena_release(&a);
	return 0;
}
