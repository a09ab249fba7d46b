/* SPDX-License-Identifier: MIT */
/* diff_json.c - a change as one object; its schema is cmd/report/diff.schema.json. */
#include "base/json.h"
#include "cmd/diff.h"
#include "cmd/gate_view.h"

static const char *const changes[] = {
	[DIFF_ADDED] = "added", [DIFF_REMOVED] = "removed", [DIFF_CHANGED] = "changed",
};

static struct json *tree_of(const struct diff_side *side, const char *commit)
{
	const struct source_rev *rev = &side->source->rev;
	struct json *o = json_object();

	json_set_text(o, "commit", commit);
	json_set_bool(o, "clean", rev->known && rev->clean);
	json_set_int(o, "files", side->source->nfiles);
	json_set_int(o, "unreadable",
		     side->source->stats.degraded + side->source->stats.unreadable);
	json_set_text(o, "incomplete", side->incomplete);
	return o;
}

static void put_packages(const struct diff *d, struct json_out *j)
{
	json_out_open(j, "packages", JSON_ARRAY);
	for (uint32_t i = 0; d && i < d->npackages; i++) {
		const struct diff_package *p = &d->package[i];
		struct json *o = json_object();

		json_set_text(o, "change", p->change == DIFF_CHANGED ? "renamed" :
			      changes[p->change]);
		json_set_text(o, "id", p->id);
		json_set_text(o, "was", p->was);
		json_set_text(o, "layer", p->layer);
		json_set_text(o, "context", p->context);
		json_set_int(o, "files", p->files);
		json_out_value(j, o);
	}
	json_out_close(j);
}

static void put_edges(const struct diff *d, struct json_out *j)
{
	json_out_open(j, "edges", JSON_ARRAY);
	for (uint32_t i = 0; d && i < d->nedges; i++) {
		const struct diff_edge *e = &d->edge[i];
		struct json *o = json_object();

		json_set_text(o, "change", changes[e->change]);
		json_set_text(o, "from", e->from);
		json_set_text(o, "to", e->to);
		json_set_int(o, "lines", e->weight);
		json_set_int(o, "lines_base", e->was);
		json_set_bool(o, "test", e->test);
		json_set_text(o, "path", e->path);
		json_set_int(o, "line", e->line);
		json_set_int(o, "column", e->column);
		json_set_text(o, "from_layer", e->from_layer);
		json_set_text(o, "to_layer", e->to_layer);
		json_set_text(o, "from_context", e->from_context);
		json_set_text(o, "to_context", e->to_context);
		json_set_text(o, "verdict", diff_verdict_name[e->verdict]);
		json_set_text(o, "rule", e->finding ? e->finding->rule->name : NULL);
		json_set_text(o, "finding", e->finding ? e->finding->short_id : NULL);
		json_set_text(o, "symbols", e->symbols);
		json_out_value(j, o);
	}
	json_out_close(j);
}

static struct json *names(const char *const *list, uint32_t count)
{
	struct json *array = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_push_text(array, list[i]);
	return array;
}

static void put_knots(const struct diff *d, struct json_out *j)
{
	json_out_open(j, "circles", JSON_ARRAY);
	for (uint32_t i = 0; d && i < d->nknots; i++) {
		const struct diff_knot *k = &d->knot[i];
		struct json *o = json_object();

		json_set_text(o, "level", k->level);
		json_set_text(o, "change", diff_knot_name[k->change]);
		json_set_int(o, "members_base", k->was);
		json_set_int(o, "members", k->change == KNOT_VANISHED ? 0 : k->nnodes);
		json_set_int(o, "lines_base", k->lines_was);
		json_set_int(o, "lines", k->lines);
		json_set(o, "nodes", names(k->node, k->nnodes));
		json_set(o, "added", names(k->added, k->nadded));
		json_set(o, "removed", names(k->removed, k->nremoved));
		json_out_value(j, o);
	}
	json_out_close(j);
}

static void put_findings(const struct diff *d, const struct report *r, struct json_out *j)
{
	json_out_open(j, "findings", JSON_OBJECT);
	json_out_int(j, "known", d ? d->known : 0);
	json_out_open(j, "new", JSON_ARRAY);
	for (uint32_t i = 0; d && i < d->nfresh; i++)
		json_out_value(j, report_finding(r, d->fresh[i]));
	json_out_close(j);
	json_out_open(j, "fixed", JSON_ARRAY);
	for (uint32_t i = 0; d && i < d->nfixed; i++)
		json_out_value(j, report_finding(&d->sides->base.report, d->fixed[i]));
	json_out_close(j);
	json_out_close(j);
}

static struct json *counts_of(const struct diff *d)
{
	struct json *o = json_object();

	json_set_int(o, "files", d->lines.files);
	json_set_int(o, "imports_added", d->lines.nadded);
	json_set_int(o, "imports_removed", d->lines.nremoved);
	json_set_bool(o, "empty", diff_is_empty(d));
	return o;
}

/* `d` is NULL where the run failed: r->error says why. */
int diff_write_json(const struct diff *d, const struct report *r, FILE *out, struct err *err)
{
	struct json_out j;
	struct json *base = NULL, *head = NULL;

	if (d) {
		const struct source_rev *rev = &d->head.source->rev;

		base = tree_of(&d->base, d->sides->base_commit);
		json_set_text(base, "how", d->sides->how);
		head = tree_of(&d->head, rev->known && *rev->commit ? rev->commit : NULL);
	}
	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "diff");
	json_out_int(&j, "status", r->status);
	json_out_text(&j, "incomplete", r->incomplete);
	json_out_text(&j, "policy", r->policy && r->policy->found ? r->policy->path : NULL);
	json_out_member(&j, "base", base);
	json_out_member(&j, "head", head);
	json_out_member(&j, "change", d ? counts_of(d) : NULL);
	put_packages(d, &j);
	put_edges(d, &j);
	put_knots(d, &j);
	put_findings(d, r, &j);
	if (d && d->gate)
		gate_member(d->gate, &j);
	else
		json_out_member(&j, "checks", json_array());
	json_out_text(&j, "error", r->error);
	json_out_close(&j);
	return json_out_finish(&j, err);
}
