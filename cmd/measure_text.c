/* SPDX-License-Identifier: MIT */
/* measure_text.c - the table of metrics for a person, and the totals below it. */
#include "base/text.h"
#include "cmd/measure.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <math.h>
#include <string.h>

#define ROWS_MAX 20u                    /* without --top and --all */
#define CHAIN_MAX 24u                   /* nodes of the longest chain, without --all */
#define COLUMNS_MAX METRIC_COUNT

struct table {
	const struct measure *m;
	struct report r;
	FILE *out;
	struct arena arena;
	enum metric_id column[COLUMNS_MAX];
	size_t width[COLUMNS_MAX];
	uint32_t ncolumns, nrows;
	size_t names;                   /* columns of the name */
};

static const char *cell(struct table *t, enum metric_id metric, uint32_t node)
{
	double value = measure_value(t->m, metric, node);

	if (isnan(value))
		return "-";
	if (metric_is_share(&metric_rows[metric]))
		return arena_printf(&t->arena, "%.2f", value);
	return text_number(&t->arena, (uint64_t)value);
}

static const char *name_of(struct table *t, uint32_t node)
{
	return text_escape(&t->arena, sym_text(t->m->graph->syms, t->m->graph->id[node]));
}

/* Numbers are never cut: names give way. */
static void lay_out(struct table *t)
{
	const struct measure *m = t->m;
	size_t numbers = 0;

	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (measure_has(m, i))
			t->column[t->ncolumns++] = i;
	t->names = strlen("package");
	for (uint32_t n = 0; n < t->nrows; n++) {
		size_t width = text_width(name_of(t, m->row[n]));

		t->names = width > t->names ? width : t->names;
	}
	for (uint32_t c = 0; c < t->ncolumns; c++) {
		t->width[c] = strlen(metric_rows[t->column[c]].id);
		for (uint32_t n = 0; n < t->nrows; n++) {
			size_t width = strlen(cell(t, t->column[c], m->row[n]));

			t->width[c] = width > t->width[c] ? width : t->width[c];
		}
		numbers += 2 + t->width[c];
	}
	if (m->types)
		numbers += 2 + strlen(measure_zone_name(ZONE_USELESSNESS));
	if (t->names + numbers > SCREEN_COLUMNS)
		t->names = SCREEN_COLUMNS - numbers;
}

static void print_table(struct table *t)
{
	const struct measure *m = t->m;

	fprintf(t->out, "%s%-*s", paint_on(t->r.color, PAINT_BOLD), (int)t->names,
		level_node(m->level));
	for (uint32_t c = 0; c < t->ncolumns; c++)
		fprintf(t->out, "  %*s", (int)t->width[c], metric_rows[t->column[c]].id);
	fprintf(t->out, "%s\n", paint_off(t->r.color));
	for (uint32_t n = 0; n < t->nrows; n++) {
		const char *name = text_cut_left(&t->arena, name_of(t, m->row[n]), t->names);

		fputs(text_pad(&t->arena, name, t->names), t->out);
		for (uint32_t c = 0; c < t->ncolumns; c++)
			fprintf(t->out, "  %*s", (int)t->width[c],
				cell(t, t->column[c], m->row[n]));
		const char *zone = measure_zone_name(measure_zone(m, m->row[n]));

		fprintf(t->out, "%s%s\n", zone ? "  " : "", zone ? zone : "");
	}
	if (t->nrows < m->nrows)
		fprintf(t->out, "%s more%s\n", text_number(&t->arena, m->nrows - t->nrows),
			m->top == UINT32_MAX ? ": --all, or --top N" : "");
	fputc('\n', t->out);
}

static const char *chain_words(struct table *t)
{
	const struct graph_metrics *n = &t->m->numbers;
	struct arena *a = &t->arena;
	const char *text = "";

	for (uint32_t i = 0; i < n->depth; i++) {
		const char *circle = "";

		/* "1 more" is as long as the name that it hides. */
		if (i == CHAIN_MAX && n->depth > CHAIN_MAX + 1 && !t->m->all)
			return arena_printf(a, "%s -> %s more: --all", text,
					    text_number(a, n->depth - i));
		if (n->chain_size[i] > 1)
			circle = arena_printf(a, TEXT_GLUE "(circle" TEXT_GLUE "of" TEXT_GLUE "%s)",
					      text_number(a, n->chain_size[i]));
		text = arena_printf(a, "%s%s%s%s", text, i ? " ->" TEXT_GLUE : "",
				    name_of(t, n->chain[i]), circle);
	}
	return text;
}

static const char *zone_words(struct table *t)
{
	const struct measure *m = t->m;
	struct arena *a = &t->arena;
	struct measure_zones zones;

	measure_zones(m, &zones);
	return arena_printf(a, "%s in pain (stable and concrete), %s in uselessness (unstable and "
			    "abstract); mean D %s; bodies of %s%s",
			    text_number(a, zones.pain), text_number(a, zones.uselessness),
			    isnan(zones.mean) ? "-" : arena_printf(a, "%.2f", zones.mean),
			    text_count(a, m->bodies, "file", "files"),
			    m->bodies_broken ? arena_printf(a, ", %s with errors",
							    text_number(a, m->bodies_broken)) : "");
}

static void print_totals(struct table *t)
{
	const struct measure *m = t->m;
	const struct graph_metrics *n = &m->numbers;
	struct arena *a = &t->arena;
	const char *level = m->level.kind == LEVEL_PACKAGE ? "" :
			    arena_printf(a, " --level %s", level_name(m->level, a));

	if (!n->npkgs) {
		text_block(&t->r, t->out, "totals", "nothing to measure");
		return;
	}
	text_block(&t->r, t->out, "totals",
		   arena_printf(a, "%s, %s (meshctl graph%s)%s",
				text_count(a, n->npkgs, level_node(m->level),
					   level_nodes(m->level)),
				text_count(a, n->nedges, "edge", "edges"), level,
				m->nrows < n->npkgs ? "; of all, whatever PATTERN selects" : ""));
	fprintf(t->out, "%*sCCD %s   ACD %.2f   NCCD %.2f   PC %.4f (propagation cost)\n",
		(int)MARGIN, "", text_number(a, n->ccd), n->acd, n->nccd, n->cost);
	if (m->types)
		text_block(&t->r, t->out, "zones", zone_words(t));
	text_block(&t->r, t->out, "depth",
		   arena_printf(a, "%u: %s", n->depth, chain_words(t)));
	text_block(&t->r, t->out, "explain",
		   "how a number is computed and read: meshctl explain Ca, meshctl explain NCCD");
}

int measure_write_text(const struct measure *m, const struct output *o, struct err *err UNUSED)
{
	struct table t = {
		.m = m, .out = o->file,
		.r = { .source = m->source, .graph = m->packages, .color = o->color },
	};
	uint32_t most = m->top != UINT32_MAX ? m->top : m->all ? UINT32_MAX : ROWS_MAX;
	struct arena *a = &t.arena;

	t.nrows = m->nrows < most ? m->nrows : most;
	lay_out(&t);
	print_table(&t);
	print_totals(&t);
	text_block(&t.r, t.out, "checked", text_escape(a, proof_words(&t.r, a)));
	text_block(&t.r, t.out, "result",
		   arena_printf(a, "%s%s%s measured; exit %d",
				m->incomplete ? "incomplete: " : "",
				m->incomplete ? arena_printf(a, "%s; ",
							     text_escape(a, m->incomplete)) : "",
				text_count(a, m->nrows, level_node(m->level),
					   level_nodes(m->level)), (int)m->status));
	arena_release(a);
	return 0;
}
