/* SPDX-License-Identifier: MIT */
/* free_view.c - what could be internal: one sentence, or what to move where. */
#include "cmd/free_view.h"
#include "analyzers/internalizable.h"
#include "base/text.h"
#include "cmd/report/text.h"

#include <string.h>

#define ROWS_MAX 10u
#define COLUMNS_BEFORE (MARGIN + 2 + 22)        /* the path's column */
#define ID_COLUMNS 10u

static uint32_t count_free(const struct report *r)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->findings->count; i++)
		n += r->findings->item[i].rule == &rule_rows[RULE_COULD_BE_INTERNAL];
	return n;
}

/* Short ids of the findings, by the package's identity. */
static const char **ids_of(const struct report *r, struct arena *a)
{
	const struct symtab *syms = r->graph->syms;
	const char **id = arena_array(a, const char *, syms->count);

	for (uint32_t i = 0; i < r->findings->count; i++) {
		const struct finding *f = &r->findings->item[i];

		if (f->rule == &rule_rows[RULE_COULD_BE_INTERNAL])
			id[sym_find(syms, f->from, strlen(f->from)).v] = f->short_id;
	}
	return id;
}

static void print_table(const struct report *r, FILE *out, struct arena *a)
{
	const struct graph *g = r->graph;
	struct internalizables found;
	size_t width = strlen("move to");

	internalizable_find(r->source, g, a, &found);
	uint32_t shown = r->all || found.count <= ROWS_MAX ? found.count : ROWS_MAX;
	const char **to = arena_array(a, const char *, shown), **ids = ids_of(r, a);

	for (uint32_t i = 0; i < shown; i++) {
		to[i] = text_cut_left(a, text_escape(a, found.item[i].to),
				      SCREEN_COLUMNS - COLUMNS_BEFORE - ID_COLUMNS);
		width = text_width(to[i]) > width ? text_width(to[i]) : width;
	}
	fprintf(out, "\n%*s%9s  %9s  %s\n", (int)MARGIN + 2, "", "keeps out", "importers",
		"move to");
	for (uint32_t i = 0; i < shown; i++) {
		const struct internalizable *item = &found.item[i];
		const char *id = ids[g->id[item->package.v].v];

		fprintf(out, "%*s%9s  %9s  %s  #%s\n", (int)MARGIN + 2, "",
			text_number(a, item->gain), text_number(a, item->importers),
			text_pad(a, to[i], width), id ? id : "dropped");
	}
	if (shown < found.count)
		fprintf(out, "%*s%s with less to gain: --all\n", (int)COLUMNS_BEFORE, "",
			text_number(a, found.count - shown));
}

void free_block(const struct report *r, FILE *out, bool table, const char *command,
		struct arena *a)
{
	uint32_t count = count_free(r);
	bool one = count == 1;

	if (!count)
		return;
	text_block(r, out, "FREE", arena_printf(a,
		"%s imported below one folder only: moved below its internal/, the Go "
		"compiler guards %s for you%s%s",
		text_count(a, count, "package is", "packages are"),
		one ? "it" : "them", table ? ":" : ": ", table ? "" : command));
	if (table)
		print_table(r, out, a);
	fputc('\n', out);
}
