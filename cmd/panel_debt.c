/* SPDX-License-Identifier: MIT */
/*
 * panel_debt.c - what `meshctl debt` knows, for the page: where debt lies, work by risk
 * and impact, and entries in the order of their priority, with the inputs of each number.
 */
#include "base/limits.h"
#include "cmd/debt.h"
#include "cmd/page.h"

#include <math.h>

#define PARTS_MOST 12u                  /* findings of one entry */
#define PLACES_MOST 5u

static struct json *part_of(const struct debt_run *d, const struct debt_part *p,
			    struct arena *arena)
{
	struct json *o = json_object();

	json_set_text(o, "id", p->finding->short_id);
	json_set_text(o, "symbol", p->finding->symbol);
	debt_price_members(d, p, o, arena);
	return o;
}

static struct json *place_of(const struct debt_run *d, const struct debt_entry *e,
			     const struct debt_share *s, struct arena *arena)
{
	struct json *o = json_object();
	uint64_t minutes = 0, lines = 0;

	if (s->file != ID_NONE)
		debt_base(&d->now.debt, e, s, &minutes, &lines);
	debt_place_members(d, s, o, arena);
	json_set_real(o, "severity", s->file == ID_NONE ? NAN : debt_severity(minutes, lines));
	return o;
}

static struct json *entry_of(const struct debt_run *d, const struct debt_entry *e,
			     struct arena *arena)
{
	struct json *o = json_object(), *parts = json_array(), *places = json_array();

	json_set_text(o, "id", e->main->short_id);
	json_set_text(o, "kind", debt_kind_name[e->kind]);
	json_set_text(o, "what", debt_entry_name(&d->now.debt, e, arena));
	json_set_text(o, "symbol", debt_symbol(e));
	json_set_text(o, "detail", debt_detail(d, e, arena));
	json_set_text(o, "path", sym_text(d->now.given.source->syms, e->main->at.path));
	json_set_text(o, "from", e->main->from);
	json_set_text(o, "owner", e->main->owner);
	debt_number_members(e, o);
	json_set_int(o, "risk_cell", debt_cell(e->risk));
	json_set_int(o, "impact_cell", debt_cell(e->impact));
	if (e->deadline) {
		json_set_text(o, "on", e->deadline->date.text);
		json_set_real(o, "days_left", e->days_left);
	}
	for (uint32_t i = 0; i < e->nparts && i < PARTS_MOST; i++)
		json_push(parts, part_of(d, &e->part[i], arena));
	for (uint32_t i = 0; i < e->nshares && i < PLACES_MOST; i++)
		json_push(places, place_of(d, e, &e->share[i], arena));
	json_set(o, "parts", parts);
	json_set(o, "places", places);
	json_set_int(o, "more_parts", e->nparts > PARTS_MOST ? e->nparts - PARTS_MOST : 0);
	json_set_int(o, "more_places", e->nshares > PLACES_MOST ? e->nshares - PLACES_MOST : 0);
	return o;
}

static struct json *row_of(const struct debt_row *row)
{
	struct json *o = json_object();

	debt_row_members(row, o);
	return o;
}

static void write_head(const struct debt_run *d, const struct run *run, struct json_out *out)
{
	const struct debt *debt = &d->now.debt;
	struct json *model = json_object();

	json_out_text(out, "owner", run->set->owner);
	json_out_text(out, "no_history", d->no_past);
	json_out_int(out, "commits", d->commits);
	json_out_text(out, "shallow", d->shallow);
	json_out_text(out, "incomplete", d->now.judge.report.incomplete);
	json_out_text(out, "level_name", d->level);
	json_out_int(out, "touchable", debt->touchable);
	json_out_text(out, "touchable_are", debt->by_context ? "contexts" : "packages");
	json_out_int(out, "count", d->nentries);
	json_out_int(out, "minutes", (int64_t)d->minutes);
	json_set_int(model, "rule_set", DEBT_RULE_SET);
	json_set_real(model, "impact", debt->weights.impact);
	json_set_real(model, "risk", debt->weights.risk);
	json_set_real(model, "timeliness", debt->weights.timeliness);
	json_set_real(model, "hot", DEBT_HOT);
	json_set_real(model, "fixes", DEBT_FIXES);
	json_set_real(model, "truck", DEBT_TRUCK);
	json_set_real(model, "change_minutes", debt->change_minutes);
	json_set_real(model, "slowdown", debt->slowdown);
	json_out_member(out, "model", model);
	json_out_member(out, "total", row_of(&d->now.whole));
}

/* Rows of risk, each its columns of impact: entries and person-days. */
static void write_heat(const struct debt_run *d, struct json_out *out)
{
	struct debt_heat heat;

	debt_heat(d, &heat);
	json_out_open(out, "heat", JSON_ARRAY);
	for (unsigned risk = 0; risk < DEBT_CELLS; risk++) {
		struct json *row = json_array();

		for (unsigned impact = 0; impact < DEBT_CELLS; impact++) {
			struct json *cell = json_object();

			json_set_int(cell, "entries", heat.count[risk][impact]);
			json_set_real(cell, "person_days", heat.days[risk][impact]);
			json_push(row, cell);
		}
		json_out_value(out, row);
	}
	json_out_close(out);
}

static void write_debt(const struct debt_run *d, const struct page *p, struct json_out *out)
{
	const uint32_t rows = (uint32_t)limit_of(LIMIT_PAGE_ROWS);
	const uint32_t entries = (uint32_t)limit_of(LIMIT_PAGE_DEBT);

	write_head(d, p->run, out);
	write_heat(d, out);
	json_out_open(out, "rows", JSON_ARRAY);
	for (uint32_t i = 0; i < d->now.nrows && i < rows; i++)
		json_out_value(out, row_of(&d->now.row[i]));
	json_out_close(out);
	json_out_int(out, "rows_left_out", d->now.nrows > rows ? d->now.nrows - rows : 0);
	json_out_open(out, "entries", JSON_ARRAY);
	for (uint32_t i = 0; i < d->nentries && i < entries; i++)
		json_out_value(out, entry_of(d, d->entry[i], p->arena));
	json_out_close(out);
}

int panel_debt(const struct page *p, struct json_out *out, struct err *err)
{
	struct debt_run d;
	struct settings set;
	struct run own = page_run(p, &set);
	int rc = debt_open(&own, false, &d, err);

	if (!rc)
		write_debt(&d, p, out);
	debt_release(&d, &set);
	return rc;
}
