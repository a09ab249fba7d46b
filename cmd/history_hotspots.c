/* SPDX-License-Identifier: MIT */
/* history_hotspots.c - meshctl history hotspots: what changes most where change is hardest. */
#include "analyzers/hotspots.h"
#include "cmd/history_view.h"
#include "cmd/subcommand.h"

enum column {
	CHANGES, COGNITIVE, WEIGHT, LINES, ADDED, DELETED, FIXES, AUTHORS, AGE, PATH, OWNER,
	COLUMNS
};

static const struct history_column columns[COLUMNS] = {
	[CHANGES] = { "changes", "changes", CELL_NUMBER },
	[COGNITIVE] = { "cognitive", "cognitive", CELL_NUMBER },
	[WEIGHT] = { "weight", "weight", CELL_SHARE },
	[LINES] = { "lines", "lines", CELL_NUMBER },
	[ADDED] = { "added", "added", CELL_NUMBER },
	[DELETED] = { "deleted", "deleted", CELL_NUMBER },
	[FIXES] = { "fixes", "fixes", CELL_NUMBER },
	[AUTHORS] = { "authors", "authors", CELL_NUMBER },
	[AGE] = { "age_months", NULL, CELL_NUMBER },
	[PATH] = { "path", "file", CELL_PATH },
	[OWNER] = { "owner", "owner", CELL_TEXT },
};

static void fill(struct history_view *v, const struct hotspot *spot, uint32_t n)
{
	v->nrows = n;
	for (uint32_t i = 0; i < n; i++) {
		const struct history_file *f = &v->history->file[spot[i].number];
		struct history_cell cell[COLUMNS] = { { .text = NULL } };
		const struct history_share *share;

		cell[CHANGES].number = spot[i].revs;
		cell[COGNITIVE].number = spot[i].cognitive;
		cell[WEIGHT].number = spot[i].weight;
		cell[LINES].number = v->session.source->file[spot[i].file.v].lines;
		cell[ADDED].number = (double)f->added;
		cell[DELETED].number = (double)f->deleted;
		cell[FIXES].number = f->fixes;
		cell[AUTHORS].number = history_know(v->history, spot[i].number, v->arena, &share);
		cell[AGE].number = (double)history_months(f->last, v->now);
		cell[PATH].text = f->path;
		cell[OWNER].text = history_team(v, spot[i].file);
		history_view_row(v, i, cell);
	}
}

int history_hotspots_rows(const struct run *run, struct history_view *v, struct err *err)
{
	const struct source *s = v->session.source;
	file_id *wanted = arena_array(v->arena, file_id, (size_t)s->nfiles + 1);
	const struct hotspot *spot;
	struct bodies *bodies;
	uint32_t n = 0;

	const bool shown[COLUMNS] = {
		[CHANGES] = true, [COGNITIVE] = true, [WEIGHT] = true, [LINES] = true,
		[ADDED] = run->set->churn, [DELETED] = run->set->churn, [FIXES] = true,
		[AUTHORS] = true, [AGE] = true, [PATH] = true, [OWNER] = true,
	};

	v->one = "file that changed";
	v->many = "files that changed";
	v->note = "weight is how many of these files change less, times how many are easier to "
		  "follow; fixes are changes whose message speaks of one";
	for (uint32_t f = 0; f < s->nfiles; f++)
		if (history_wants(v, (file_id){ f }, run->set->tests))
			wanted[n++] = (file_id){ f };
	if (session_bodies(&v->session, run->set, wanted, n, &bodies, err))
		return -1;
	history_view_columns(v, columns, shown, COLUMNS);
	n = hotspots_rank(s, v->history, v->number, bodies, wanted, n, v->arena, &spot);
	bodies_release(bodies);
	fill(v, spot, n);
	return 0;
}

static int hotspots_run(struct run *run, struct err *err)
{
	struct history_view v = { .topic = "hotspots" };

	if (history_view_open(run, "12m", &v, err))
		return -1;
	int rc = history_hotspots_rows(run, &v, err);

	if (!rc)
		rc = history_view_write(run, &v, err);
	history_view_close(&v);
	return rc;
}

static const char *const formats[] = { "text", "json", "csv", NULL };

const struct subcommand history_hotspots = {
	.name = "hotspots",
	.summary = "what changes most where change is hardest",
	.operands = "[PATTERN]",
	.max_operands = 1,
	.options = HISTORY_OPTIONS | OPT_BIT(OPT_SINCE) | OPT_BIT(OPT_TESTS) | OPT_BIT(OPT_CHURN),
	.formats = formats,
	.run = hotspots_run,
};
