/* SPDX-License-Identifier: MIT */
/* cycles_json.c - levels and knots as members of a JSON object. */
#include "cmd/cycles_json.h"
#include "cmd/cut_view.h"

static const char *node_name(const struct graph *g, uint32_t node)
{
	return sym_text(g->syms, g->id[node]);
}

static struct json *members_of(const struct knots_at *k, const struct knot *knot)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < knot->nnodes; i++)
		json_push_text(list, node_name(k->graph, knot->node[i]));
	return list;
}

static struct json *circle_of(const struct knots_at *k, const struct knot *knot, struct arena *a)
{
	const struct hop *hop = knot_hops(k->graph, knot, level_has_tests(k->level), a);
	struct json *list = json_array();

	for (uint32_t h = 0; h < knot->ncircle; h++) {
		struct json *object = json_object();

		json_set_text(object, "from", node_name(k->graph, hop[h].from));
		json_set_text(object, "to", node_name(k->graph, hop[h].to));
		json_set_text(object, "path", sym_text(k->graph->syms, hop[h].at.path));
		json_set_int(object, "line", hop[h].at.line);
		json_set_int(object, "column", hop[h].at.col);
		json_set_int(object, "lines", hop[h].lines);
		json_push(list, object);
	}
	return list;
}

static int write_knot(const struct report *r, const struct knots_at *k, uint32_t i,
		      struct json_out *out, struct arena *a, struct err *err)
{
	const struct knot *knot = &k->knots.knot[i];
	const struct finding *f = knot_finding(r->findings, k, i, a);
	const struct cut *cut;
	struct advice *advice;

	if (knot_cut(f, k, i, a, &cut, err) ||
	    tactics_advise(r->source, k, knot, cut, cut->nedges, r->symbols, a, &advice, err))
		return -1;
	struct json *object = json_object(), *platforms = json_array();

	for (uint32_t c = 0; c < r->source->nconfigs; c++)
		if (knot->configs >> c & 1)
			json_push_text(platforms, r->source->config[c].name);
	json_set_text(object, "id", f ? f->short_id : NULL);
	json_set_text(object, "level", k->name);
	json_set(object, "platforms", platforms);
	json_set(object, "members", members_of(k, knot));
	json_set_int(object, "import_lines", knot->sites);
	json_set(object, "circle", circle_of(k, knot, a));
	json_set(object, "cut", cut_json(r, k, knot, cut, advice));
	json_out_value(out, object);
	return 0;
}

static void write_levels(const struct report *r, const struct circle_table *t, uint32_t shown,
			 struct json_out *out)
{
	json_out_open(out, "levels", JSON_ARRAY);
	for (uint32_t i = 0; i < t->count; i++) {
		const struct level_circles *row = &t->row[i];
		struct json *object = json_object();
		enum graph_part part = level_part(row->level);

		json_set_text(object, "level", row->name);
		json_set_int(object, "groups", row->groups);
		json_set_int(object, "in_circles", row->tied);
		json_set_int(object, "largest", row->largest);
		json_set_int(object, "knots", row->knots);
		json_set_bool(object, "shown", i == shown);
		json_set_bool(object, "guessed", part != PARTS && r->graph->guessed[part]);
		json_out_value(out, object);
	}
	json_out_close(out);
}

int cycles_members(const struct report *r, const struct circle_table *t, uint32_t shown, bool only,
		   struct symbols *weigh, struct json_out *out, struct err *err)
{
	struct arena a = ARENA_INIT, scratch = ARENA_INIT;
	int rc = 0;

	write_levels(r, t, shown, out);
	json_out_int(out, "levels_skipped", t->skipped);
	json_out_open(out, "knots", JSON_ARRAY);
	for (uint32_t i = 0; i < t->count; i++) {
		struct knots_at k;

		if (!t->row[i].knots || (only && i != shown))
			continue;
		knots_at_init(r->source, r->graph, t->row[i].level, &a, &k);
		k.weigh = weigh;
		for (uint32_t n = 0; n < k.knots.count && !rc; n++) {
			if (knot_reported(k.graph, &k.knots.knot[n]))
				rc = write_knot(r, &k, n, out, &scratch, err);
			arena_reset(&scratch);
		}
		arena_reset(&a);
	}
	json_out_close(out);
	arena_release(&scratch);
	arena_release(&a);
	return rc;
}
