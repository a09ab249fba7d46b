/* SPDX-License-Identifier: MIT */
/* history_owners.c - meshctl history owners: who knows the code, by team or by folder. */
#include "analyzers/knowledge.h"
#include "base/date.h"
#include "cmd/history_view.h"
#include "cmd/subcommand.h"
#include "graph/level.h"

#include <stdlib.h>
#include <string.h>

enum column {
	FILES, LINES, CHANGES, ADDED, DELETED, AUTHORS, TRUCK, ONE, LOST, SPREAD, NAME, MAIN, SHARE,
	COLUMNS
};

/* The last two are persons. */
static const struct history_column columns[COLUMNS] = {
	[FILES] = { "files", "files", CELL_NUMBER },
	[LINES] = { "lines", "lines", CELL_NUMBER },
	[CHANGES] = { "changes_12m", "changes/y", CELL_NUMBER },
	[ADDED] = { "added_12m", "added/y", CELL_NUMBER },
	[DELETED] = { "deleted_12m", "deleted/y", CELL_NUMBER },
	[AUTHORS] = { "authors", "authors", CELL_NUMBER },
	[TRUCK] = { "truck_factor", "truck", CELL_NUMBER },
	[ONE] = { "one_author", "one author", CELL_SHARE },
	[LOST] = { "authors_left", "all left", CELL_SHARE },
	[SPREAD] = { "fragmentation", NULL, CELL_SHARE },
	[NAME] = { "name", "owner", CELL_PATH },
	[MAIN] = { "main_author", "main author", CELL_TEXT },
	[SHARE] = { "main_share", "share", CELL_SHARE },
};

struct group { const char *name; struct known_file *file; uint32_t count, room; };
struct groups {
	struct symtab names;
	struct group *item;             /* by name id */
	size_t cap;
	const char *what;               /* "owner", "folder" */
};

static void put(struct history_view *v, struct groups *g, const char *name, uint32_t f)
{
	sym_id id = sym_from(&g->names, name ? name : "no owner");
	size_t had = g->cap;

	VEC_RESERVE(g->item, g->cap, (size_t)id.v + 1);
	if (g->cap > had)
		memset(g->item + had, 0, (g->cap - had) * sizeof(*g->item));
	struct group *group = &g->item[id.v];

	group->name = sym_text(&g->names, id);
	VEC_RESERVE(group->file, group->room, group->count + 1);
	group->file[group->count++] = (struct known_file){
		v->number[f], v->session.source->file[f].lines,
	};
}

static bool is_known(const struct history_view *v, uint32_t f, bool tests)
{
	return v->number[f] != HISTORY_NONE && history_wants(v, (file_id){ f }, tests);
}

/* False where nobody owns anything. */
static bool by_team(struct history_view *v, bool tests, struct groups *g)
{
	const struct source *s = v->session.source;
	const char **team = arena_array(v->arena, const char *, (size_t)s->nfiles + 1);
	bool any = false;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (is_known(v, f, tests)) {
			team[f] = history_team(v, (file_id){ f });
			any |= team[f] != NULL;
		}
	for (uint32_t f = 0; any && f < s->nfiles; f++)
		if (is_known(v, f, tests))
			put(v, g, team[f], f);
	return any;
}

static void by_level(struct history_view *v, struct level level, bool tests, struct groups *g)
{
	const struct source *s = v->session.source;
	const struct graph *at = level_graph(s, v->session.graph, level, v->arena);
	uint32_t *node = arena_array(v->arena, uint32_t, (size_t)s->ndirs + 1);

	level_dirs(s, v->session.graph, at, level, node);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		uint32_t n = node[s->file[f].dir.v];
		const char *name = n == ID_NONE ? "in none" : sym_text(at->syms, at->id[n]);

		if (is_known(v, f, tests))
			put(v, g, *name ? name : ".", f);
	}
	g->what = level_node(level);
}

struct row { const char *name; struct knowledge k; uint64_t added, deleted; };

static void add_churn(const struct history *h, const struct group *g, struct row *row)
{
	for (uint32_t i = 0; i < g->count; i++) {
		row->added += h->file[g->file[i].number].added;
		row->deleted += h->file[g->file[i].number].deleted;
	}
}

static int by_lines(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct row *a = va, *b = vb;

	if (a->k.lines != b->k.lines)
		return a->k.lines > b->k.lines ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void fill(struct history_view *v, const struct groups *g, int64_t recent)
{
	struct row *row = arena_array(v->arena, struct row, g->names.count);
	uint32_t n = 0;

	for (uint32_t i = 0; i < g->names.count && i < g->cap; i++)
		if (g->item[i].count) {
			row[n].name = arena_strdup(v->arena, g->item[i].name);
			add_churn(v->history, &g->item[i], &row[n]);
			knowledge_of(v->history, g->item[i].file, g->item[i].count, v->now, recent,
				     v->arena, &row[n++].k);
		}
	sort_with(row, n, sizeof(*row), by_lines, NULL);
	v->nrows = n;
	for (uint32_t i = 0; i < n; i++) {
		struct history_cell cell[COLUMNS] = { { .text = NULL } };
		const struct knowledge *k = &row[i].k;

		cell[FILES].number = k->files;
		cell[LINES].number = (double)k->lines;
		cell[CHANGES].number = k->changes;
		cell[ADDED].number = (double)row[i].added;
		cell[DELETED].number = (double)row[i].deleted;
		cell[AUTHORS].number = k->persons;
		cell[TRUCK].number = k->truck_factor;
		cell[ONE].number = k->one_author;
		cell[LOST].number = k->lost;
		cell[SPREAD].number = k->fragmentation;
		cell[NAME].text = row[i].name;
		cell[MAIN].text = k->main == HISTORY_NONE ? NULL : v->history->person[k->main].name;
		cell[SHARE].number = k->main_share;
		history_view_row(v, i, cell);
	}
}

int history_owners_rows(const struct run *run, struct history_view *v, struct err *err)
{
	const struct settings *set = run->set;
	struct arena scratch = ARENA_INIT;
	struct groups g = { .what = "owner" };
	struct level level = { LEVEL_DIR, 2 };
	int64_t recent;
	int rc = date_since("12m", v->now, &recent, err);

	v->note = "truck: so many persons must leave until more than half of the files have no "
		  "author; one author: share of lines that one person alone knows; all left: "
		  "whose authors have not committed for a year";
	symtab_init(&g.names, &scratch);
	if (!rc && set->level)
		rc = level_parse(set->level, &level, err) ||
				     level_check(v->session.graph, level, err) ? -1 : 0;
	if (!rc && (set->level || !by_team(v, set->tests, &g)))
		by_level(v, level, set->tests, &g);
	if (!rc) {
		struct history_column own[COLUMNS];
		bool shown[COLUMNS];

		memcpy(own, columns, sizeof(columns));
		own[NAME].title = g.what;
		for (unsigned c = 0; c < COLUMNS; c++)
			shown[c] = c == ADDED || c == DELETED ? set->churn :
				   c == MAIN || c == SHARE ? set->people : true;
		history_view_columns(v, own, shown, COLUMNS);
		v->one = arena_printf(v->arena, "%s", g.what);
		v->many = strcmp(g.what, "owner") ? level_nodes(level) : "owners";
		fill(v, &g, recent);
	}
	for (uint32_t i = 0; i < g.cap; i++)
		free(g.item[i].file);
	free(g.item);
	symtab_release(&g.names);
	arena_release(&scratch);
	return rc;
}

static int owners_run(struct run *run, struct err *err)
{
	struct history_view v = { .topic = "owners", .churn_year = true };

	if (history_view_open(run, "all", &v, err))
		return -1;
	int rc = history_owners_rows(run, &v, err);

	if (!rc)
		rc = history_view_write(run, &v, err);
	history_view_close(&v);
	return rc;
}

static const char *const formats[] = { "text", "json", "csv", NULL };

const struct subcommand history_owners = {
	.name = "owners",
	.summary = "who knows the code, and what nobody knows any more",
	.operands = "[PATTERN]",
	.max_operands = 1,
	.options = HISTORY_OPTIONS | OPT_BIT(OPT_TESTS) | OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_PEOPLE) |
		   OPT_BIT(OPT_CHURN),
	.formats = formats,
	.run = owners_run,
};
