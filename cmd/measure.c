/* SPDX-License-Identifier: MIT */
/*
 * measure.c - the rows of `meshctl metrics packages`: values, order, and the
 * formats for programs.  cmd/report/metrics.schema.json describes the JSON.
 */
#include "cmd/measure.h"
#include "base/json.h"
#include "base/text.h"
#include "cmd/output.h"

#include <math.h>
#include <string.h>

static double abstractness(const struct measure *m, uint32_t node)
{
	return metric_abstractness(m->types[node].interfaces, m->types[node].structs);
}

double measure_value(const struct measure *m, enum metric_id metric, uint32_t node)
{
	const struct node_metrics *n = &m->numbers.node[node];

	switch (metric) {
	case METRIC_CA:
		return n->ca;
	case METRIC_CE:
		return n->ce;
	case METRIC_I:
		return metric_instability(n);
	case METRIC_A:
		return abstractness(m, node);
	case METRIC_D:
		return metric_distance(abstractness(m, node), metric_instability(n));
	case METRIC_DEPTH:
		return n->depth;
	case METRIC_REACH:
		return n->reach;
	case METRIC_FILES:
		return m->graph->files[node];
	case METRIC_LINES:
		return m->graph->lines[node];
	case METRIC_CCD:
	case METRIC_ACD:
	case METRIC_NCCD:
	case METRIC_PC:
	case METRIC_CYCLOMATIC:
	case METRIC_COGNITIVE:
	case METRIC_SONAR:
	case METRIC_NESTING:
	case METRIC_LENGTH:
	case METRIC_PARAMS:
	case METRIC_RESULTS:
	case METRIC_STATEMENTS:
	case METRIC_CODE:
	case METRIC_COMMENTS:
	case METRIC_BLANKS:
	case METRIC_COUNT:
		break;
	}
	BUG("metric %d has no value for a node", (int)metric);
}

bool measure_has(const struct measure *m, enum metric_id metric)
{
	return metric_rows[metric].scope == METRIC_OF_NODE &&
	       (m->types || !metric_needs_bodies(&metric_rows[metric]));
}

enum metric_zone measure_zone(const struct measure *m, uint32_t node)
{
	if (!m->types)
		return ZONE_NONE;
	return metric_zone(abstractness(m, node), metric_instability(&m->numbers.node[node]));
}

const char *measure_zone_name(enum metric_zone zone)
{
	switch (zone) {
	case ZONE_NONE:
		return NULL;
	case ZONE_PAIN:
		return "pain";
	case ZONE_USELESSNESS:
		return "uselessness";
	}
	BUG("zone %d", (int)zone);
}

void measure_zones(const struct measure *m, struct measure_zones *ret)
{
	uint32_t n = 0;
	double sum = 0;

	*ret = (struct measure_zones){ .mean = NAN };
	for (uint32_t p = 0; p < m->graph->npkgs; p++) {
		if (!m->numbers.counted[p])
			continue;
		double d = measure_value(m, METRIC_D, p);

		ret->pain += measure_zone(m, p) == ZONE_PAIN;
		ret->uselessness += measure_zone(m, p) == ZONE_USELESSNESS;
		n += !isnan(d);
		sum += isnan(d) ? 0 : d;
	}
	if (n)
		ret->mean = sum / n;
}

/* Nodes are numbered by name, which settles ties. */
static int by_value(const void *va, const void *vb, void *ctx)
{
	const struct measure *m = ctx;
	const uint32_t *a = va, *b = vb;

	if (m->sort) {
		enum metric_id metric = (enum metric_id)(m->sort - metric_rows);
		double x = measure_value(m, metric, *a), y = measure_value(m, metric, *b);

		if (isnan(x) != isnan(y))
			return isnan(x) ? 1 : -1;
		if (x < y || x > y)
			return x < y ? 1 : -1;
	}
	return *a < *b ? -1 : *a > *b;
}

void measure_init(struct measure *m, bool tests, struct arena *arena)
{
	uint32_t *row = arena_array(arena, uint32_t, m->graph->npkgs);

	graph_measure(m->graph, tests, arena, &m->numbers);
	for (uint32_t p = 0; p < m->graph->npkgs; p++)
		if (m->numbers.counted[p] && (m->graph->flags[p] & NODE_REPORTED))
			row[m->nrows++] = p;
	sort_with(row, m->nrows, sizeof(*row), by_value, m);
	m->row = row;
}

static uint32_t shown_rows(const struct measure *m)
{
	return m->top < m->nrows ? m->top : m->nrows;
}

static struct json *row_of(const struct measure *m, uint32_t node)
{
	const struct graph *g = m->graph;
	struct json *object = json_object();

	json_set_text(object, "name", sym_text(g->syms, g->id[node]));
	json_set_text(object, "import_path",
		      g->dir[node].v == ID_NONE ? NULL : sym_text(g->syms, g->label[node]));
	json_set_int(object, "packages", g->members[node]);
	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		if (!measure_has(m, i))
			continue;
		double value = measure_value(m, i, node);

		if (metric_is_share(&metric_rows[i]))
			json_set_real(object, metric_rows[i].id, value);
		else
			json_set_int(object, metric_rows[i].id, (int64_t)value);
	}
	if (m->types)
		json_set_text(object, "zone", measure_zone_name(measure_zone(m, node)));
	return object;
}

static struct json *totals_of(const struct measure *m)
{
	const struct graph_metrics *n = &m->numbers;
	const struct graph *g = m->graph;
	struct json *object = json_object(), *chain = json_array();

	json_set_int(object, "nodes", n->npkgs);
	json_set_int(object, "edges", n->nedges);
	json_set_int(object, "depth", n->depth);
	json_set_int(object, "CCD", (int64_t)n->ccd);
	json_set_real(object, "ACD", n->acd);
	json_set_real(object, "NCCD", n->nccd);
	json_set_real(object, "PC", n->cost);
	if (m->types) {
		struct measure_zones zones;

		measure_zones(m, &zones);
		json_set_real(object, "mean_D", zones.mean);
		json_set_int(object, "pain", zones.pain);
		json_set_int(object, "uselessness", zones.uselessness);
		json_set_int(object, "bodies", m->bodies);
		json_set_int(object, "bodies_degraded", m->bodies_broken);
	}
	for (uint32_t i = 0; i < n->depth; i++) {
		struct json *link = json_object();

		json_set_text(link, "name", sym_text(g->syms, g->id[n->chain[i]]));
		json_set_int(link, "in_circle", n->chain_size[i]);
		json_push(chain, link);
	}
	json_set(object, "chain", chain);
	return object;
}

int measure_write_json(const struct measure *m, const struct output *o, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct json *platforms = json_array();
	struct json_out j;

	for (uint32_t c = 0; c < m->source->nconfigs; c++)
		json_push_text(platforms, m->source->config[c].name);
	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "metrics");
	json_out_int(&j, "status", m->status);
	json_out_text(&j, "incomplete", m->incomplete);
	json_out_text(&j, "level", level_name(m->level, &scratch));
	if (m->level.kind == LEVEL_CONTEXT)
		json_out_bool(&j, "guessed", m->packages->guessed[PART_CONTEXT]);
	json_out_member(&j, "platforms", platforms);
	json_out_text(&j, "sort", m->sort ? m->sort->id : "name");
	json_out_member(&j, "totals", totals_of(m));
	json_out_int(&j, "matching", m->nrows);
	json_out_open(&j, "rows", JSON_ARRAY);
	for (uint32_t i = 0; i < shown_rows(m); i++)
		json_out_value(&j, row_of(m, m->row[i]));
	json_out_close(&j);
	json_out_close(&j);
	arena_release(&scratch);
	return json_out_finish(&j, err);
}

void measure_put_field(FILE *out, const char *text, struct arena *scratch)
{
	text = text_escape(scratch, text);
	if (!text[strcspn(text, ",\"")]) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++)
		fprintf(out, "%s%c", *text == '"' ? "\"" : "", *text);
	fputc('"', out);
}

int measure_write_csv(const struct measure *m, const struct output *o, struct err *err UNUSED)
{
	const struct graph *g = m->graph;
	struct arena scratch = ARENA_INIT;

	fputs("name,import_path,packages", o->file);
	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (measure_has(m, i))
			fprintf(o->file, ",%s", metric_rows[i].id);
	if (m->types)
		fputs(",zone", o->file);
	fputc('\n', o->file);
	for (uint32_t n = 0; n < shown_rows(m); n++) {
		uint32_t node = m->row[n];

		measure_put_field(o->file, sym_text(g->syms, g->id[node]), &scratch);
		fputc(',', o->file);
		if (g->dir[node].v != ID_NONE)
			measure_put_field(o->file, sym_text(g->syms, g->label[node]), &scratch);
		fprintf(o->file, ",%u", g->members[node]);
		for (unsigned i = 0; i < METRIC_COUNT; i++) {
			if (!measure_has(m, i))
				continue;
			double value = measure_value(m, i, node);

			if (isnan(value))
				fputc(',', o->file);
			else
				fprintf(o->file, metric_is_share(&metric_rows[i]) ? ",%.4f" :
					",%.0f", value);
		}
		const char *zone = measure_zone_name(measure_zone(m, node));

		if (m->types)
			fprintf(o->file, ",%s", zone ? zone : "");
		fputc('\n', o->file);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}
