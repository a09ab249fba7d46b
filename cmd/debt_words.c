/* SPDX-License-Identifier: MIT */
/* debt_words.c - debt in a few words: amounts of work, what an entry is about, the heat map. */
#include "analyzers/setting.h"
#include "base/text.h"
#include "cmd/debt.h"
#include "cmd/report/paint.h"
#include "graph/cut.h"

#include <math.h>
#include <string.h>

#define CELL 9                          /* columns */

const char *debt_work(double minutes, struct arena *arena)
{
	double days = minutes / DEBT_DAY;

	if (isnan(minutes))
		return "-";
	if (minutes < DEBT_DAY / 10.)
		return minutes < .5 ? "0" : arena_printf(arena, "%.0f min", minutes);
	return days < 9.95 ? arena_printf(arena, "%.1f d", days) :
			     arena_printf(arena, "%s d", text_number(arena,
								     (uint64_t)(days + .5)));
}

/* What a declaration has too much of: the number itself, not what is above the limit. */
static const struct { enum rule_id rule; const char *before, *behind; } too_much[] = {
	{ RULE_COGNITIVE_COMPLEXITY, "cognitive ", "" },
	{ RULE_FUNCTION_COMPLEXITY, "cyclomatic ", "" },
	{ RULE_LONG_FUNCTION, "", " lines" },
	{ RULE_LONG_FILE, "", " lines" },
	{ RULE_MANY_PARAMETERS, "", " parameters" },
	{ RULE_DEEP_NESTING, "nests ", " deep" },
};

static const char *part_words(const struct debt_run *d, const struct debt_part *p,
			      struct arena *arena)
{
	const struct finding *f = p->finding;

	for (unsigned i = 0; i < ARRAY_SIZE(too_much); i++) {
		if (f->rule != &rule_rows[too_much[i].rule])
			continue;
		uint32_t value = f->amount + setting_number(&d->now.given, too_much[i].rule, "max");

		return arena_printf(arena, "%s%s%s", too_much[i].before, text_number(arena, value),
				    too_much[i].behind);
	}
	if (p->unit == COST_IMPORTERS)
		return arena_printf(arena, "%s, Ca %u", f->rule->name, p->units);
	if (f->cut)
		return arena_printf(arena, "cut %u import line%s", f->cut->lines,
				    f->cut->lines == 1 ? "" : "s");
	return f->rule->name;
}

/* How many declarations a file's findings are about. */
static uint32_t count_symbols(const struct debt_entry *e)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < e->nparts; i++) {
		bool again = !*e->part[i].finding->symbol ||
			     e->part[i].finding->rule == &rule_rows[RULE_LONG_FILE];

		for (uint32_t k = 0; k < i && !again; k++)
			again = !strcmp(e->part[k].finding->symbol, e->part[i].finding->symbol);
		n += !again;
	}
	return n;
}

const char *debt_detail(const struct debt_run *d, const struct debt_entry *e, struct arena *arena)
{
	const char *text = part_words(d, &e->part[0], arena);
	uint32_t symbols = e->kind == DEBT_FILE ? count_symbols(e) : 0;

	if (e->nparts > 1 && symbols < 2)
		text = arena_printf(arena, "%s, %s", text, part_words(d, &e->part[1], arena));
	if (symbols > 1)
		text = arena_printf(arena, "%u functions, %s", symbols, text);
	return text;
}

const char *debt_symbol(const struct debt_entry *e)
{
	bool one = e->kind == DEBT_FILE && count_symbols(e) == 1 &&
		   e->main->rule != &rule_rows[RULE_LONG_FILE];

	return one ? e->main->symbol : NULL;
}

void debt_heat(const struct debt_run *d, struct debt_heat *ret)
{
	*ret = (struct debt_heat){ .days = { { 0 } } };
	for (uint32_t i = 0; i < d->nentries; i++) {
		unsigned risk = debt_cell(d->entry[i]->risk);
		unsigned impact = debt_cell(d->entry[i]->impact);

		ret->days[risk][impact] += d->entry[i]->cost;
		ret->count[risk][impact]++;
	}
}

static void heat_row(const struct debt_heat *h, unsigned risk, bool color, FILE *out,
		     struct arena *arena)
{
	fprintf(out, "  %3u-%-4u%%  ", risk * 100 / DEBT_CELLS, (risk + 1) * 100 / DEBT_CELLS);
	for (unsigned i = 0; i < DEBT_CELLS; i++) {
		bool bad = risk + i >= DEBT_CELLS && h->count[risk][i];

		fprintf(out, "%s%*s%s", paint_on(color && bad, PAINT_RED), CELL,
			h->count[risk][i] ? debt_work(h->days[risk][i] * DEBT_DAY, arena) : ".",
			paint_off(color && bad));
	}
	fputc('\n', out);
}

void debt_heat_text(const struct debt_run *d, const struct report *r, FILE *out)
{
	struct arena arena = ARENA_INIT;
	struct debt_heat heat;

	debt_heat(d, &heat);
	fprintf(out, "%swork by risk (rows) and impact (columns)%s, %s\n",
		paint_on(r->color, PAINT_BOLD), paint_off(r->color),
		text_count(&arena, d->nentries, "entry", "entries"));
	for (unsigned risk = DEBT_CELLS; risk--;)
		heat_row(&heat, risk, r->color, out, &arena);
	fprintf(out, "  %9s  ", "");
	for (unsigned i = 0; i < DEBT_CELLS; i++)
		fprintf(out, "%*s", CELL,
			arena_printf(&arena, "%u-%u%%", i * 100 / DEBT_CELLS,
				     (i + 1) * 100 / DEBT_CELLS));
	fprintf(out, "\n  impact: share of the %s %s that depend on the place; do first what "
		"stands "
		"top right\n\n", text_number(&arena, d->now.debt.touchable),
		d->now.debt.by_context ? "contexts" : "packages");
	arena_release(&arena);
}
