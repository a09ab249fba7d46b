/* SPDX-License-Identifier: MIT */
/* matrix_view.c - meshctl layers, meshctl contexts: the matrix, and what is not judged. */
#include "cmd/matrix_view.h"
#include "base/text.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MOST 24u                   /* columns of a row's name */
#define HEAD_LEAST 6u                   /* columns of a column's name, where room is short */
#define PAIRS_MOST 20u                  /* of the list, without --all */
#define UNMAPPED_MOST 12u               /* folders, without --all */

struct screen {
	const struct run *run;
	const struct matrix_kind *kind;
	const struct mapping *mapping;
	struct judged judged;
};

const char *judged_words(const struct judged *j, struct arena *arena)
{
	if (!j->imports)
		return "no imports inside to judge";
	return arena_printf(arena, "%s of %s judged (%u %%)", text_number(arena, j->judged),
			    text_count(arena, j->imports, "import inside", "imports inside"),
			    (unsigned)(j->judged * 100 / j->imports));
}

static const char *name_of(const struct judged_matrix *m, uint32_t row, struct arena *a)
{
	return text_escape(a, m->name[row]);
}

/* Rows that import something; columns that somebody imports. */
static bool *used(const struct judged_matrix *m, bool as_column, struct arena *a)
{
	bool *seen = arena_array(a, bool, m->count);

	for (uint32_t c = 0; c < m->ncells; c++)
		seen[as_column ? m->cell[c].to : m->cell[c].from] = true;
	for (uint32_t i = 0; i < m->count; i++)
		seen[i] = seen[i] || (m->packages[i] && m->kind[i] == MAPPED_NAMED);
	return seen;
}

/* "19!" forbidden, "22?" not judged, "163 " fine, ". " nothing. */
static const char *cell_text(const struct judged_matrix *m, uint32_t from, uint32_t to,
			     struct arena *a)
{
	const struct judged_cell *c = judged_find(m, from, to);
	bool loose = m->kind[from] == MAPPED_UNMAPPED || m->kind[to] == MAPPED_UNMAPPED;

	if (!c)
		return ". ";
	return arena_printf(a, "%s%c", text_number(a, c->lines),
			    c->forbidden ? '!' : loose ? '?' : ' ');
}

struct grid {
	uint32_t *row, *column;
	uint32_t nrows, ncolumns;
	size_t name;                    /* width of the first column */
	size_t *width;                  /* [ncolumns] */
	size_t total;
};

static void measure(const struct judged_matrix *m, size_t head_most, struct grid *g,
		    struct arena *a)
{
	g->total = g->name;
	for (uint32_t c = 0; c < g->ncolumns; c++) {
		size_t head = text_width(name_of(m, g->column[c], a));

		g->width[c] = (head < head_most ? head : head_most) + 1;
		for (uint32_t r = 0; r < g->nrows; r++) {
			size_t w = text_width(cell_text(m, g->row[r], g->column[c], a));

			g->width[c] = w > g->width[c] ? w : g->width[c];
		}
		g->total += 1 + g->width[c];
	}
}

/* False: too wide for a screen even with short names. */
static bool lay_out(const struct judged_matrix *m, size_t room, struct grid *g, struct arena *a)
{
	const bool *from = used(m, false, a), *to = used(m, true, a);

	*g = (struct grid){
		.row = arena_array(a, uint32_t, m->count),
		.column = arena_array(a, uint32_t, m->count),
		.width = arena_array(a, size_t, m->count), .name = 9,
	};
	for (uint32_t i = 0; i < m->count; i++) {
		size_t w = text_width(name_of(m, i, a));

		if (from[i]) {
			g->row[g->nrows++] = i;
			g->name = w > g->name ? w : g->name;
		}
		if (to[i])
			g->column[g->ncolumns++] = i;
	}
	g->name = g->name < NAME_MOST ? g->name : NAME_MOST;
	for (size_t head = NAME_MOST; head >= HEAD_LEAST; head--) {
		measure(m, head, g, a);
		if (g->total <= room)
			return true;
	}
	return false;
}

static void print_grid(const struct report *r, FILE *out, const struct judged_matrix *m,
		       const struct grid *g, struct arena *a)
{
	fprintf(out, "%s%-*s%-*s", paint_on(r->color, PAINT_BOLD), (int)MARGIN, "imports",
		(int)g->name, "from \\ to");
	for (uint32_t c = 0; c < g->ncolumns; c++) {
		const char *name = text_cut(a, name_of(m, g->column[c], a), g->width[c] - 1);
		size_t w = text_width(name);

		fprintf(out, " %*s%s ", (int)(g->width[c] - 1 - w), "", name);
	}
	fprintf(out, "%s\n", paint_off(r->color));
	for (uint32_t i = 0; i < g->nrows; i++) {
		const char *name = text_cut(a, name_of(m, g->row[i], a), g->name);

		fprintf(out, "%*s%s", (int)MARGIN, "", text_pad(a, name, g->name));
		for (uint32_t c = 0; c < g->ncolumns; c++) {
			const char *cell = cell_text(m, g->row[i], g->column[c], a);
			bool bad = strchr(cell, '!') != NULL;

			fprintf(out, " %*s%s%s%s", (int)(g->width[c] - strlen(cell)), "",
				paint_on(r->color && bad, PAINT_RED), cell,
				paint_off(r->color && bad));
		}
		fputc('\n', out);
	}
}

static int worse(const void *left, const void *right, void *ctx UNUSED)
{
	const struct judged_cell *a = *(const struct judged_cell *const *)left;
	const struct judged_cell *b = *(const struct judged_cell *const *)right;

	if (a->forbidden != b->forbidden)
		return a->forbidden > b->forbidden ? -1 : 1;
	if (a->lines != b->lines)
		return a->lines > b->lines ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

/* Where a table would be too wide: what is forbidden first, then what is imported most. */
static void print_pairs(const struct report *r, FILE *out, const struct judged_matrix *m,
			struct arena *a)
{
	const struct judged_cell **list = arena_array(a, const struct judged_cell *, m->ncells + 1);
	uint32_t n = 0, shown;

	for (uint32_t c = 0; c < m->ncells; c++)
		if (m->cell[c].from != m->cell[c].to)
			list[n++] = &m->cell[c];
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are sorted */
	sort_with(list, n, sizeof(*list), worse, NULL);
	shown = r->all || n <= PAIRS_MOST + 1 ? n : PAIRS_MOST;
	for (uint32_t i = 0; i < shown; i++)
		fprintf(out, "%-*s%6s  %s\n", (int)MARGIN, i ? "" : "imports",
			cell_text(m, list[i]->from, list[i]->to, a),
			text_edge(m->name[list[i]->from], m->name[list[i]->to],
				  SCREEN_COLUMNS - MARGIN - 8, a));
	if (shown < n)
		fprintf(out, "%*sand %u more pairs: --all\n", (int)MARGIN, "", n - shown);
}

static uint64_t loose_lines(const struct judged_matrix *m)
{
	uint64_t n = 0;

	for (uint32_t c = 0; c < m->ncells; c++)
		if (m->kind[m->cell[c].from] == MAPPED_UNMAPPED ||
		    m->kind[m->cell[c].to] == MAPPED_UNMAPPED)
			n += m->cell[c].lines;
	return n;
}

static void print_legend(FILE *out, const struct judged_matrix *m, struct arena *a)
{
	uint64_t loose = loose_lines(m);

	if (m->forbidden)
		fprintf(out, "%*s! forbidden: %s", (int)MARGIN, "", text_number(a, m->forbidden));
	if (loose)
		fprintf(out, "%*s? not judged: %s, map them to close the hole",
			m->forbidden ? 4 : (int)MARGIN, "", text_number(a, loose));
	fputs(m->forbidden || loose ? "\n\n" : "\n", out);
}

/* The folders in no layer, by their first two segments, in the order of the tree. */
static const char *unmapped_words(const struct report *r, const struct mapping *map,
				  struct arena *a)
{
	const struct graph *g = map->graph;
	const char *text = "", *last = NULL;
	uint32_t same = 0, folders = 0;

	for (uint32_t p = 0; p <= g->npkgs; p++) {
		const char *top = NULL;

		if (p < g->npkgs) {
			const char *id = sym_text(g->syms, g->id[p]);
			size_t len = strcspn(id, "/");

			if (!placement_unmapped(&map->of[p]) || map->of[p].outside ||
			    (g->flags[p] & NODE_XTEST))
				continue;
			len += id[len] ? 1 + strcspn(id + len + 1, "/") : 0;
			top = len ? arena_strndup(a, id, len) : ".";
		}
		if (top && last && !strcmp(top, last)) {
			same++;
			continue;
		}
		if (last && (r->all || ++folders <= UNMAPPED_MOST))
			text = arena_printf(a, "%s%s%s %u", text, *text ? ", " : "",
					    text_escape(a, last), same);
		last = top;
		same = 1;
	}
	return folders > UNMAPPED_MOST ?
	       arena_printf(a, "%s, and %u more folders", text, folders - UNMAPPED_MOST) : text;
}

static int blocks(const struct report *r, FILE *out, void *ctx, struct err *err UNUSED)
{
	const struct screen *s = ctx;
	const struct judged_matrix *m = s->kind->of(&s->judged);
	const struct mapping *map = s->mapping;
	struct arena a = ARENA_INIT;
	struct grid grid;
	const char *extends = r->policy->extends.text;

	text_wrap(out, arena_printf(&a, "policy %s%s%s%s, %s of %s mapped, %s",
		text_escape(&a, r->policy->path), extends ? " (extends " : "",
		extends ? extends : "", extends ? ")" : "",
		text_number(&a, map->mapped + map->shared),
		text_count(&a, map->packages, "package", "packages"),
		judged_words(&s->judged, &a)), 0, SCREEN_COLUMNS);
	fputc('\n', out);
	if (!m->ncells)
		text_block(r, out, "imports", "none between packages");
	else if (lay_out(m, SCREEN_COLUMNS - MARGIN, &grid, &a))
		print_grid(r, out, m, &grid, &a);
	else
		print_pairs(r, out, m, &a);
	print_legend(out, m, &a);
	bool crossing = m == &s->judged.contexts && s->judged.crossings;

	if (crossing)
		text_block(r, out, "crossings", arena_printf(&a,
			"%s from context to context, %s of them through what is published",
			text_count(&a, s->judged.crossings, "import line", "import lines"),
			text_number(&a, s->judged.published)));
	if (map->unmapped)
		text_block(r, out, "unmapped", arena_printf(&a, "%s: %s: meshctl policy check",
			text_count(&a, map->unmapped, "package", "packages"),
			unmapped_words(r, map, &a)));
	if (crossing || map->unmapped)
		fputc('\n', out);
	arena_release(&a);
	return 0;
}

static int members(const struct report *r UNUSED, struct json_out *out, void *ctx,
		   struct err *err UNUSED)
{
	const struct screen *s = ctx;
	const struct judged_matrix *m = s->kind->of(&s->judged);
	static const char *const kinds[] = {
		[MAPPED_NAMED] = "named", [MAPPED_SHARED] = "shared",
			[MAPPED_UNMAPPED] = "unmapped",
	};

	json_out_open(out, "judged", JSON_OBJECT);
	json_out_int(out, "imports", (int64_t)s->judged.imports);
	json_out_int(out, "judged", (int64_t)s->judged.judged);
	json_out_int(out, "crossings", (int64_t)s->judged.crossings);
	json_out_int(out, "published", (int64_t)s->judged.published);
	json_out_close(out);
	json_out_open(out, "groups", JSON_ARRAY);
	for (uint32_t i = 0; i < m->count; i++) {
		struct json *object = json_object();

		json_set_text(object, "name", m->name[i]);
		json_set_text(object, "kind", kinds[m->kind[i]]);
		json_set_int(object, "packages", m->packages[i]);
		json_out_value(out, object);
	}
	json_out_close(out);
	json_out_open(out, "matrix", JSON_ARRAY);
	for (uint32_t c = 0; c < m->ncells; c++) {
		struct json *object = json_object();

		json_set_text(object, "from", m->name[m->cell[c].from]);
		json_set_text(object, "to", m->name[m->cell[c].to]);
		json_set_int(object, "lines", m->cell[c].lines);
		json_set_int(object, "edges", m->cell[c].edges);
		json_set_int(object, "forbidden", m->cell[c].forbidden);
		json_out_value(out, object);
	}
	json_out_close(out);
	return 0;
}

static int choose(const struct run *run UNUSED, struct judge *j, void *ctx, struct err *err)
{
	const struct screen *s = ctx;

	if (!j->session.policy->found)
		return err_set(err, ERR_CONFIG, "no " POLICY_FILE " says what the %ss are: "
			"'meshctl "
			       "init' writes one", s->kind->one);
	for (uint32_t i = 0; i < s->kind->nrules; i++) {
		enum rule_id rule = s->kind->rules[i];

		j->chosen.has[rule] = policy_rule_level(j->session.policy, &rule_rows[rule]) !=
				      SEV_OFF;
	}
	return 0;
}

static int judge(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	const struct analysis given = judge_analysis(j);
	struct analysis counting = given;
	struct screen *s = ctx;

	counting.scratch = run->arena;
	s->mapping = j->session.mapping;
	j->report.brief = !j->report.all;
	j->report.blocks = blocks;
	j->report.members = members;
	if (judged_count(&counting, run->arena, &s->judged, err))
		return -1;
	return analyzers_run(&j->chosen, &given, &j->ran, err);
}

int matrix_command(struct run *run, const struct matrix_kind *kind, struct err *err)
{
	struct screen screen = { .run = run, .kind = kind };
	const struct judge_steps steps = {
		.command = kind->command, .choose = choose, .judge = judge, .ctx = &screen,
	};

	return judge_command(run, &steps, err);
}
