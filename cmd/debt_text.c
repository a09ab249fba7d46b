/* SPDX-License-Identifier: MIT */
/* debt_text.c - the screen of `meshctl debt`: where debt lies, what to do first. */
#include "base/text.h"
#include "cmd/debt.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <math.h>
#include <string.h>

#define ROWS_MAX 8u                     /* groups, without --all and --top */
#define NAME_MOST 44u
#define FULL_TITLE 24u                  /* columns of names that leave room for it */
#define OWNER_MOST 16u
#define FULL_NAME 4096u                 /* columns: not cut */
#define NAME_LEAST 16u                  /* columns of an entry that its detail leaves */
/* " 42.5        5   0.8 d  0.92  #7f3a2c  ...  " */
#define FIRST_NUMBERS 41u

struct screen {
	const struct debt_run *d;
	const struct run *run;
	struct report r;
	FILE *out;
	struct arena a;
};

static const char *module_name(const struct source *s, struct arena *a)
{
	for (uint32_t i = 0; i < s->nmodules; i++)
		if ((s->nmodules == 1 || !s->module[i].folder.v) &&
		    *sym_text(s->syms, s->module[i].path))
			return sym_text(s->syms, s->module[i].path);
	return text_count(a, s->nmodules, "module", "modules");
}

static void headline(struct screen *s)
{
	const struct debt_run *d = s->d;
	const struct source *src = d->now.judge.session.source;
	const char *history = d->no_past ? "no history" :
		arena_printf(&s->a, "12 months of history (%s%s%s)",
			     text_count(&s->a, d->commits, "commit", "commits"),
			     d->shallow ? "; " : "", d->shallow ? d->shallow : "");
	const char *at = src->rev.known && *src->rev.commit ?
		arena_printf(&s->a, " at %.7s", src->rev.commit) : "";

	text_wrap(s->out, text_escape(&s->a, arena_printf(&s->a,
		  "%s%s, %s, rule set %u (a model, not a "
		  "promise)", module_name(src, &s->a), at, history,
		  DEBT_RULE_SET)), 0, SCREEN_COLUMNS);
	fputc('\n', s->out);
}

/* ---- where it lies ---- */

static const char *density_text(struct screen *s, const struct debt_row *row)
{
	double density = debt_density(row->minutes, row->lines);

	return isnan(density) ? "-" : text_number(&s->a, (uint64_t)(density + .5));
}

/* "+6 %"; "new" where there was nothing to compare with but something now. */
static const char *change_text(struct screen *s, const struct debt_row *row)
{
	double was = debt_was(s->d, row), is = debt_density(row->minutes, row->lines);

	if (s->d->no_before || isnan(is))
		return "-";
	if (isnan(was) || was <= 0)
		return row->minutes ? "new" : "0 %";
	double percent = (is - was) * 100 / was;

	return arena_printf(&s->a, "%s%.0f %%", percent >= .5 ? "+" : "",
			    fabs(percent) < .5 ? 0. : percent);
}

static const char *recent_text(struct screen *s, const struct debt_row *row)
{
	if (s->d->no_past || !row->minutes)
		return "-";
	return arena_printf(&s->a, "%.0f %%", (double)row->recent * 100 / (double)row->minutes);
}

static void print_row(struct screen *s, const struct debt_row *row, size_t width)
{
	const char *name = text_cut_path(&s->a, text_escape(&s->a, row->name), width);

	fprintf(s->out, "%s  %8s  %8s  %7s  %9s  %8s\n", text_pad(&s->a, name, width),
		debt_work((double)row->minutes, &s->a), density_text(s, row), change_text(s, row),
		isnan(row->interest) ? "-" : arena_printf(&s->a, "%s", debt_work(row->interest,
			&s->a)), recent_text(s, row));
}

static uint32_t shown(const struct screen *s, uint32_t most, uint32_t n)
{
	const struct settings *set = s->run->set;

	most = set->all ? n : set->given & OPT_BIT(OPT_TOP) ? set->top : most;
	return most < n ? most : n;
}

static void print_rows(struct screen *s)
{
	const struct debt_side *now = &s->d->now;
	bool rest = now->nrows && now->row[now->nrows - 1].rest;
	uint32_t named = now->nrows - rest, n = shown(s, ROWS_MAX, named);
	size_t width = text_width("elsewhere");

	for (uint32_t i = 0; i < n; i++) {
		size_t w = text_width(text_escape(&s->a, now->row[i].name));

		width = w > width ? w : width;
	}
	width = width > NAME_MOST ? NAME_MOST : width;
	fprintf(s->out, "%s%-*s  %8s  %8s  %7s  %9s  %s%s\n", paint_on(s->r.color, PAINT_BOLD),
		(int)width, s->d->level, "work", "min/kLOC", "90 days", "in a year",
		width > FULL_TITLE ? "in 30 days" : "in files changed in the last 30 days",
		paint_off(s->r.color));
	for (uint32_t i = 0; i < n; i++)
		print_row(s, &now->row[i], width);
	if (n < named) {
		struct debt_row more = { .name = arena_printf(&s->a, "%s more", text_number(&s->a,
			named - n)) };

		for (uint32_t i = n; i < named; i++) {
			more.minutes += now->row[i].minutes;
			more.lines += now->row[i].lines;
			more.recent += now->row[i].recent;
			more.interest += now->row[i].interest;
		}
		fprintf(s->out, "%s  %8s  %8s  %7s  %9s  %8s\n", text_pad(&s->a, more.name, width),
			debt_work((double)more.minutes, &s->a), density_text(s, &more), "",
			debt_work(more.interest, &s->a), recent_text(s, &more));
	}
	if (rest)
		print_row(s, &now->row[now->nrows - 1], width);
	print_row(s, &now->whole, width);
	fputc('\n', s->out);
}

/* ---- what to do first ---- */

/* "submit.go: Submit", with as much of the folder as there is room for. */
static const char *short_name(struct screen *s, const struct debt_entry *e, size_t room)
{
	const char *path = text_escape(&s->a, debt_entry_name(&s->d->now.debt, e, &s->a));
	const char *symbol = debt_symbol(e), *slash = strrchr(path, '/'), *dot, *name;

	if (!symbol)
		return text_cut_path(&s->a, path, room);
	/* The receiver is in the JSON; the file says as much. */
	dot = strrchr(symbol, '.');
	symbol = text_escape(&s->a, dot ? dot + 1 : symbol);
	name = arena_printf(&s->a, "%s: %s", path, symbol);
	if (text_width(name) > room && slash)
		name = arena_printf(&s->a, "%s: %s", slash + 1, symbol);
	return text_cut(&s->a, name, room);
}

static const char *name_of(struct screen *s, const struct debt_entry *e, size_t room)
{
	return e->kind == DEBT_IMPORT ? text_edge(e->main->from, e->main->to, room, &s->a) :
					short_name(s, e, room);
}

/* Names give way to what is wrong, and before that how often it is changed. */
static const char *what_of(struct screen *s, const struct debt_entry *e, size_t room)
{
	const char *detail = text_escape(&s->a, debt_detail(s->d, e, &s->a)), *full = detail;
	size_t used = text_width(detail) + 2;

	if (e->kind == DEBT_KNOT)
		return arena_printf(&s->a, "%s: %s", detail, text_escape(&s->a, e->main->message));
	if (e->changes)
		full = arena_printf(&s->a, "%s, %s", detail,
				    text_count(&s->a, e->changes, "change", "changes"));
	if (room > text_width(full) + 2 + text_width(name_of(s, e, FULL_NAME)))
		return arena_printf(&s->a, "%s, %s", name_of(s, e, FULL_NAME), full);
	room = room > used + NAME_LEAST ? room - used : NAME_LEAST;
	return arena_printf(&s->a, "%s, %s", name_of(s, e, room), detail);
}

static void print_entry(struct screen *s, const struct debt_entry *e, size_t owner)
{
	const char *who = e->main->owner ? text_cut(&s->a, text_escape(&s->a, e->main->owner),
						    owner) : "no owner";
	size_t room = SCREEN_COLUMNS - FIRST_NUMBERS - owner;
	const char *what = text_cut(&s->a, what_of(s, e, room), room);

	fprintf(s->out, "%5.1f  %7s  %6s  %4.2f  %-7s  %s  %s\n", e->priority,
		text_number(&s->a, e->touched),
		debt_work((double)e->minutes, &s->a), e->risk,
		arena_printf(&s->a, "#%s", e->main->short_id), text_pad(&s->a, what, room), who);
	if (e->deadline && e->late)
		fprintf(s->out, "%*scannot be done before '%s' (%s)\n", (int)FIRST_NUMBERS, "",
			text_escape(&s->a, e->deadline->name.text), e->deadline->date.text);
}

static void print_stability(struct screen *s)
{
	const struct debt_run *d = s->d;
	struct debt_stability t;

	debt_stability(&d->now.debt, d->entry, d->nentries, DEBT_FIRST, &t);
	if (d->nentries > DEBT_FIRST && t.variants)
		fprintf(s->out, "any one cost 10 %% up or down, at worst: %u of the first %u stay, "
			"rank correlation %.3f (%u orders)\n", t.stay, t.first,
			floor(t.correlation * 1000) / 1000, t.variants);
}

static void print_first(struct screen *s)
{
	const struct debt_run *d = s->d;
	uint32_t n = shown(s, DEBT_FIRST, d->nentries);
	size_t owner = strlen("no owner");

	if (s->run->set->owner)
		fprintf(s->out, "%s: %s, %s of work\n",
			strcmp(s->run->set->owner, "none") ?
				text_escape(&s->a, s->run->set->owner) : "no owner",
			text_count(&s->a, d->nentries, "entry", "entries"),
			debt_work((double)d->minutes, &s->a));
	if (!n)
		return;
	for (uint32_t i = 0; i < n; i++) {
		const char *who = d->entry[i]->main->owner;
		size_t w = who ? text_width(text_escape(&s->a, who)) : 0;

		owner = w > owner ? w : owner;
	}
	owner = owner > OWNER_MOST ? OWNER_MOST : owner;
	fprintf(s->out, "%sdo first%s (findings with one cause are one line; touches: of %s %s)\n",
		paint_on(s->r.color, PAINT_BOLD), paint_off(s->r.color),
		text_number(&s->a, d->now.debt.touchable),
		d->now.debt.by_context ? "contexts" : "packages");
	fprintf(s->out, "%5s  %7s  %6s  %4s  %-7s  %-*s  %s\n", "prio", "touches", "work", "risk",
		"id", (int)(SCREEN_COLUMNS - FIRST_NUMBERS - owner), "what", "owner");
	for (uint32_t i = 0; i < n; i++)
		print_entry(s, d->entry[i], owner);
	fprintf(s->out, "meshctl explain %s shows the formula", d->entry[0]->main->short_id);
	if (n < d->nentries)
		fprintf(s->out, "; %s more: --all, --owner @TEAM", text_number(&s->a,
			d->nentries - n));
	fputs(s->run->set->heat_map ? "\n" : "; --heat-map\n", s->out);
	print_stability(s);
	fputc('\n', s->out);
}

static void print_sonar(struct screen *s)
{
	const struct debt_row *all = &s->d->now.whole;
	double ratio = debt_sonar_ratio(all->minutes, all->lines);

	if (isnan(ratio))
		return;
	text_block(&s->r, s->out, "sonar", arena_printf(&s->a,
		   "debt ratio %.2f %%, grade %c: minutes / (30 x lines); SonarQube's grid 5, 10, "
		   "20, "
		   "50 %%. It counts what meshctl finds, not what SonarQube does", ratio * 100,
		   debt_sonar_grade(ratio)));
}

/* Names of deadlines whose contexts nobody has: a typing error would look like peace. */
static void print_deadlines(struct screen *s)
{
	const struct policy *p = s->d->now.judge.session.policy;
	const struct graph *g = s->d->now.given.graph;
	const sym_id *part = g->part[PART_CONTEXT];

	for (uint32_t i = 0; i < p->debt.ndeadlines; i++)
		for (uint32_t c = 0; c < p->debt.deadline[i].contexts.count; c++) {
			const char *name = p->debt.deadline[i].contexts.item[c].text;
			bool found = false;

			for (uint32_t n = 0; part && n < g->npkgs && !found; n++)
				found = part[n].v && !strcmp(sym_text(g->syms, part[n]), name);
			if (!found)
				fprintf(s->out, "%-10sdeadline '%s': no context '%s'\n", "policy",
					text_escape(&s->a, p->debt.deadline[i].name.text),
					text_escape(&s->a, name));
		}
}

static void print_proof(struct screen *s)
{
	const struct debt *debt = &s->d->now.debt;
	const struct source_stats *st = &s->d->now.judge.session.source->stats;
	const char *missing = "";

	if (s->d->no_past)
		missing = arena_printf(&s->a, "; no history: %s; interest, changes, fixes and who "
				       "knows what are not known (-)", s->d->no_past);
	else if (s->d->no_before)
		missing = arena_printf(&s->a, "; 90 days ago: %s", s->d->no_before);
	text_block(&s->r, s->out, "checked", text_escape(&s->a, arena_printf(&s->a,
		   "%s read, %s broken; %s scored, %s generated not scored (%s lines)%s",
		   text_count(&s->a, s->d->now.judge.session.source->nfiles, "file", "files"),
		   text_number(&s->a, (uint64_t)st->degraded + st->unreadable),
		   text_number(&s->a, debt->scored), text_number(&s->a, debt->generated),
		   text_number(&s->a, debt->generated_lines), missing)));
	text_block(&s->r, s->out, "result", s->d->status == EXIT_INCOMPLETE ?
		   text_escape(&s->a, arena_printf(&s->a, "incomplete: %s; exit 3",
			       s->d->now.judge.report.incomplete)) : "exit 0");
}

int debt_write_text(const struct debt_run *d, const struct run *run, const struct output *o,
		    struct err *err UNUSED)
{
	struct screen s = { .d = d, .run = run, .r = d->now.judge.report, .out = o->file };

	s.r.color = o->color;
	headline(&s);
	print_rows(&s);
	print_first(&s);
	if (run->set->heat_map)
		debt_heat_text(d, &s.r, o->file);
	if (run->set->sonar)
		print_sonar(&s);
	print_deadlines(&s);
	print_proof(&s);
	arena_release(&s.a);
	return 0;
}
