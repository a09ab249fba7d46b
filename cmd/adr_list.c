/* SPDX-License-Identifier: MIT */
/* adr_list.c - meshctl adr list: the records, and as a picture which one replaced which. */
#include "base/json.h"
#include "base/text.h"
#include "cmd/adr.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/subcommand.h"

#include <string.h>

#define SCREEN 100u

static const char *label_of(const struct adr *r, struct arena *a)
{
	return r->number || r->is_zero ? arena_printf(a, "%4u", r->number) : "   -";
}

static const char *successor(const struct adrs *all, const struct adr *r, struct arena *a)
{
	for (uint32_t i = 0; i < r->nlinks; i++)
		if (r->link[i].relation == ADR_SUPERSEDED_BY && r->link[i].record != ADR_NONE)
			return arena_printf(a, "by %s", adr_label(&all->item[r->link[i].record],
				a));
	return "";
}

static void put_text(const struct adr_desk *d, const struct run *run, FILE *out, bool color)
{
	const struct adrs *all = &d->all;
	struct arena *a = run->arena;

	for (uint32_t i = 0; i < all->count; i++) {
		const struct adr *r = &all->item[i];
		const char *state = adr_status_shown(r, a), *by = successor(all, r, a);
		const char *status = *by && r->state == ADR_SUPERSEDED ?
			arena_printf(a, "%s %s", state, by) : state;
		bool over = r->state == ADR_SUPERSEDED || r->state == ADR_REJECTED ||
			    r->state == ADR_DEPRECATED;
		size_t used = 4 + 2 + 22 + 2 + 10 + 2;

		fprintf(out, "%s  %s%s%s  %s  %s\n", label_of(r, a),
			over ? paint_on(color, PAINT_DIM) : "", text_pad(a, status, 22),
			over ? paint_off(color) : "",
			text_pad(a, text_cut(a, text_escape(a, r->date.text), 10), 10),
			text_cut(a, text_escape(a, *r->title.text ? r->title.text : r->name),
				 SCREEN - used));
	}
	for (uint32_t i = 0; i < all->nproblems; i++)
		fprintf(out, "%s: %s\n", text_escape(a, adr_typed(d, all->problem[i].path, a)),
			text_escape(a, all->problem[i].text));
	if (all->links)
		fprintf(out, "%s not followed\n", text_count(a, all->links,
			"symbolic link to a folder is", "symbolic links to folders are"));
	if (!all->dir)
		fprintf(out, "no decision records: 'meshctl adr new TITLE' writes the first one\n");
	else
		fprintf(out, "%s%s in %s (%s)\n", all->count ? "\n" : "",
			text_count(a, all->count, "decision record", "decision records"),
			text_escape(a, *all->dir ? adr_typed(d, all->dir, a) : "."),
			strcmp(all->said_by, "name") ?
			arena_printf(a, "%s says so", all->said_by) : "found by its name");
}

static int put_json(const struct adr_desk *d, FILE *out, struct err *err)
{
	const struct adrs *all = &d->all;
	struct json_out j;

	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "folder", all->dir);
	json_out_open(&j, "records", JSON_ARRAY);
	for (uint32_t i = 0; i < all->count; i++)
		json_out_value(&j, adr_json(all, &all->item[i]));
	json_out_close(&j);
	json_out_open(&j, "problems", JSON_ARRAY);
	for (uint32_t i = 0; i < all->nproblems; i++) {
		struct json *o = json_object();

		json_set_text(o, "path", all->problem[i].path);
		json_set_int(o, "line", all->problem[i].line);
		json_set_text(o, "message", all->problem[i].text);
		json_out_value(&j, o);
	}
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

static int run(struct run *run, struct err *err)
{
	struct adr_desk d;
	int rc = adr_open(run, &d, err);

	for (unsigned i = 0; !rc && i < run->noutputs; i++) {
		const struct output *o = &run->output[i];
		const char *format = run->set->graph && !strcmp(o->format, "text") ? "dot" :
			o->format;

		if (!strcmp(format, "json"))
			rc = put_json(&d, o->file, err);
		else if (strcmp(format, "text") != 0)
			rc = adr_picture(&d.all, run->arena, format, o->file, err);
		else
			put_text(&d, run, o->file, o->color);
	}
	adr_close(&d);
	return rc ? -1 : EXIT_CLEAN;
}

static const char *const formats[] = { "text", "json", "dot", "mermaid", NULL };

const struct subcommand adr_list = {
	.name = "list", .summary = "the records, their status and date",
	.operands = "", .min_operands = 0, .max_operands = 0,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_GRAPH) |
		   OPT_BIT(OPT_COLOR),
	.formats = formats, .run = run,
};
