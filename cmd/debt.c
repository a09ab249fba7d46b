/* SPDX-License-Identifier: MIT */
/* debt.c - reads, judges and reckons: the tree now, and as it was 90 days ago. */
#include "cmd/debt.h"
#include "analyzers/owners.h"
#include "base/date.h"
#include "base/progress.h"
#include "base/text.h"
#include "graph/source/mainline.h"

#include <math.h>
#include <string.h>

static int choose_rules(const struct run *run UNUSED, struct judge *j, void *ctx UNUSED,
			struct err *err UNUSED)
{
	debt_rules(j->session.policy, &j->chosen);
	return 0;
}

static int open_side(struct run *run, const struct debt_side *like, struct debt_side *ret,
		     struct err *err)
{
	const struct judge_steps steps = {
		.command = "debt", .contexts = true, .may_miss_baseline = true,
		.choose = choose_rules,
		.policy = like ? like->judge.session.policy : NULL,
		.baseline_of = like ? &like->judge : NULL,
		.like = like ? like->judge.session.source : NULL,
	};

	ret->open = true;
	if (judge_run(run, &steps, &ret->judge, err) ||
	    /* Where no rule asked for them: what is scored is known by its bodies. */
	    session_all_bodies(&ret->judge.session, run->set, err))
		return -1;
	ret->given = judge_analysis(&ret->judge);
	return 0;
}

static int reckon(struct run *run, struct debt_side *side, const struct debt_past *past,
		  const char *level, struct err *err)
{
	const struct hold *hold = &side->judge.hold;

	if (debt_reckon(&side->given, past, hold->dated ? hold->now : 0, run->arena, &side->debt,
			err) ||
	    debt_rows(&side->debt, level, run->arena, &side->row, &side->nrows, err))
		return -1;
	side->whole = debt_whole(&side->debt);
	return 0;
}

/* ---- which groups are shown ---- */

/* Does one folder hold most of the code?  Then one level deeper says more. */
static bool is_lopsided(const struct source *s, const struct graph *g, uint32_t depth,
			struct arena *arena)
{
	const struct level level = { LEVEL_DIR, depth };
	const struct graph *at = level_graph(s, g, level, arena);
	uint64_t all = 0, most = 0;

	for (uint32_t p = 0; p < at->npkgs; p++) {
		all += at->lines[p];
		most = at->lines[p] > most ? at->lines[p] : most;
	}
	return most * 2 > all;
}

/* Contexts that were guessed are of use where they hold the better part of the packages. */
static bool has_contexts(const struct graph *g)
{
	const sym_id *part = g->part[PART_CONTEXT];
	uint32_t inside = 0, all = 0;
	sym_id first = { 0 };
	bool several = false;

	for (uint32_t p = 0; part && p < g->npkgs; p++) {
		several |= part[p].v && first.v && part[p].v != first.v;
		first = first.v ? first : part[p];
		all += !(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
		inside += part[p].v && !(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
	}
	return several && (!g->guessed[PART_CONTEXT] || inside * 2 >= all);
}

static const char *usual_level(const struct analysis *a, struct arena *arena)
{
	if (has_contexts(a->graph))
		return "context";
	for (uint32_t depth = 1; depth < 3; depth++)
		if (!is_lopsided(a->source, a->graph, depth, arena))
			return arena_printf(arena, "dir:%u", depth);
	return "dir:3";
}

/* ---- 90 days ago ---- */

/* The commit, or why there is none to compare with. */
static const char *commit_before(const struct run *run, struct debt_run *d)
{
	const struct hold *hold = &d->now.judge.hold;
	const struct source_rev *rev = &d->now.judge.session.source->rev;
	struct err ignored = ERR_INIT;
	struct mainline line;
	uint32_t at;

	if (!rev->known || !*rev->commit || !hold->dated)
		return "no git history";
	if (mainline_read(".", rev->commit, hold->now, DEBT_BEFORE, run->arena, &line, &ignored))
		return arena_strdup(run->arena, ignored.msg);
	at = mainline_at(&line, line.since);
	if (at == ID_NONE)
		return "the history is younger";
	d->before_commit = line.commit[at].id;
	return NULL;
}

static void look_back(const struct run *run, struct debt_run *d)
{
	struct settings set = *run->set;
	struct err cause = ERR_INIT;
	struct run own = *run;

	d->no_before = commit_before(run, d);
	if (d->no_before)
		return;
	set.rev = d->before_commit;
	set.staged = false;
	set.given = (set.given & ~OPT_TREE) | OPT_BIT(OPT_REV);
	set.quiet = true;
	own.set = &set;
	if (open_side(&own, &d->now, &d->before, &cause) ||
	    reckon(&own, &d->before, NULL, d->level, &cause))
		d->no_before = arena_printf(run->arena, "%.7s cannot be judged: %s",
					    d->before_commit, cause.msg);
}

double debt_was(const struct debt_run *d, const struct debt_row *row)
{
	const struct debt_side *side = &d->before;

	if (d->no_before)
		return NAN;
	if (row == &d->now.whole)
		return debt_density(side->whole.minutes, side->whole.lines);
	for (uint32_t i = 0; i < side->nrows; i++)
		if (side->row[i].rest == row->rest && !strcmp(side->row[i].name, row->name))
			return debt_density(side->row[i].minutes, side->row[i].lines);
	return NAN;
}

/* ---- all of it ---- */

static void pick_entries(const struct run *run, struct debt_run *d)
{
	const struct debt *debt = &d->now.debt;
	const char *who = run->set->owner;

	d->entry = arena_array(run->arena, const struct debt_entry *, debt->nentries);
	for (uint32_t i = 0; i < debt->nentries; i++) {
		const char *owner = debt->entry[i].main->owner;

		if (who && (strcmp(who, "none") ? !owners_has(owner, who) : owner != NULL))
			continue;
		d->entry[d->nentries++] = &debt->entry[i];
		d->minutes += debt->entry[i].minutes;
	}
}

/* Levels that only debt has are not the session's affair. */
static bool is_own_level(const char *level)
{
	return level && (!strcmp(level, "function") || !strcmp(level, "file") ||
			 !strcmp(level, "repository"));
}

int debt_open(struct run *whole, bool before, struct debt_run *d, struct err *err)
{
	struct settings set = *whole->set;
	struct run own = *whole, *run = &own;

	set.level = is_own_level(set.level) ? NULL : set.level;
	own.set = &set;
	*d = (struct debt_run){ .level = whole->set->level, .no_before = "not asked for" };
	if (open_side(run, NULL, &d->now, err) || debt_past_read(run, d, err))
		return -1;
	if (!d->level)
		d->level = usual_level(&d->now.given, run->arena);
	if (reckon(run, &d->now, d->no_past ? NULL : &d->past, d->level, err))
		return -1;
	if (before)
		look_back(run, d);
	pick_entries(run, d);
	d->status = d->now.judge.report.status == EXIT_INCOMPLETE ? EXIT_INCOMPLETE : EXIT_CLEAN;
	return 0;
}

void debt_release(struct debt_run *d, const struct settings *set)
{
	if (d->before.open)
		judge_release(&d->before.judge, set);
	debt_past_release(d->git);
	if (d->now.open)
		judge_release(&d->now.judge, set);
}

const struct debt_entry *debt_find(const struct debt_run *d, uint64_t fingerprint)
{
	const struct debt *debt = &d->now.debt;

	for (uint32_t i = 0; i < debt->nentries; i++)
		for (uint32_t k = 0; k < debt->entry[i].nparts; k++)
			if (debt->entry[i].part[k].finding->fingerprint == fingerprint)
				return &debt->entry[i];
	return NULL;
}
