/* SPDX-License-Identifier: MIT */
/*
 * markdown.c - for job summaries and comments: a table of what counts, why and
 * what to do a rule, what is held back as a number, the proof of work.
 */
#include "cmd/report/markdown.h"
#include "analyzers/gate.h"
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/proof.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

#include <stdint.h>
#include <string.h>

#define TAIL_BYTES 4096u                /* kept for what follows the table and the advice */

struct writer {
	const struct report *r;
	FILE *out;
	size_t used, most;
	struct arena scratch;
};

/* Prints a piece as a whole, or not at all where it does not fit above `kept` bytes. */
static bool put(struct writer *w, const char *text, size_t kept)
{
	size_t len = strlen(text);

	if (w->most - w->used < kept || w->most - w->used - kept < len)
		return false;
	fwrite(text, 1, len, w->out);
	w->used += len;
	return true;
}

static const char *place_words(struct writer *w, const struct finding *f)
{
	struct arena *a = &w->scratch;
	const char *path = report_path(w->r, &f->at);

	return markdown_code(f->at.line ? arena_printf(a, "%s:%u", path, f->at.line) : path, a);
}

static const char *row_of(struct writer *w, const struct finding *f)
{
	static const char *const level[] = {
		[SEV_OFF] = "off", [SEV_INFO] = "info", [SEV_WARNING] = "warning",
		[SEV_ERROR] = "**error**",
	};
	struct arena *a = &w->scratch;

	return arena_printf(a, "| %s | %s | `%s` `%s` | %s |\n", level[f->severity],
			    markdown_text(f->message, a), f->rule->name, f->short_id,
			    place_words(w, f));
}

/* What decides, where something else does than the findings. */
static void put_gate(struct writer *w)
{
	static const char *const words[] = {
		[GATE_OK] = "ok", [GATE_FAIL] = "**FAIL**", [GATE_WARN] = "warn",
		[GATE_OFF] = "off", [GATE_NO_BASE] = "no base",
	};
	const struct gate *g = w->r->gate;
	struct arena *a = &w->scratch;

	put(w, "| check | base | now | limit | verdict |\n| :-- | --: | --: | --: | :-- |\n", 0);
	for (uint32_t i = 0; i < g->count; i++) {
		const struct gate_row *row = &g->row[i];

		if (row->verdict == GATE_OFF)
			continue;
		put(w, arena_printf(a, "| %s | %s | %s | %s | %s%s%s |\n",
				    markdown_text(row->title, a), markdown_text(row->base, a),
				    markdown_text(row->now, a), markdown_text(row->limit, a),
				    words[row->verdict], row->note ? ", " : "",
				    row->note ? markdown_text(row->note, a) : ""), TAIL_BYTES);
	}
	put(w, "\n", 0);
	arena_reset(a);
}

/* Every finding that counts, the worst first; rows of the gate stand in its own table. */
static void put_table(struct writer *w)
{
	const struct findings *all = w->r->findings;
	uint32_t i = 0, rows = 0;

	for (uint32_t n = 0; n < all->count; n++)
		rows += finding_is_row(&all->item[n]);
	if (all->count == rows)
		return;
	put(w, "| level | finding | rule, id | where |\n| :-- | :-- | :-- | :-- |\n", 0);
	/* Half of the room is for the advice, should the table need more than that. */
	for (; i < all->count; i++) {
		if (finding_is_row(&all->item[i]))
			continue;
		bool fits = put(w, row_of(w, &all->item[i]), w->most / 4 + TAIL_BYTES);

		arena_reset(&w->scratch);
		if (!fits)
			break;
	}
	put(w, "\n", 0);
	if (i < all->count)
		put(w, arena_printf(&w->scratch, "%s not shown here.\n\n",
				    text_count(&w->scratch, all->count - i, "more finding is",
					       "more findings are")), 0);
	arena_reset(&w->scratch);
}

static const char *advice(const struct rule *rule, struct arena *a)
{
	return arena_printf(a, "- `%s` (%s): %s\n\n  **What to do:** %s\n", rule->name, rule->id,
			    markdown_prose(rule->why, a), markdown_prose(rule->fix, a));
}

/* Once a rule, folded: who knows it wants the table only. */
static void put_advice(struct writer *w)
{
	const struct findings *all = w->r->findings;
	bool seen[RULE_COUNT] = { false }, open = false;

	for (uint32_t i = 0; i < all->count; i++) {
		size_t rule = (size_t)(all->item[i].rule - rule_rows);

		if (seen[rule])
			continue;
		seen[rule] = true;
		if (!open)
			open = put(w, "<details><summary>Why it matters, and what to do</summary>"
				      "\n\n", TAIL_BYTES);
		if (open)
			put(w, advice(all->item[i].rule, &w->scratch), TAIL_BYTES);
		arena_reset(&w->scratch);
	}
	if (open)
		put(w, "\n</details>\n\n", 0);
}

static void put_report(struct writer *w)
{
	struct arena *a = &w->scratch;
	const struct report *r = w->r;

	put(w, arena_printf(a, "### meshctl %s: %s\n\n", r->command, report_counts(r, a)), 0);
	if (r->incomplete)
		put(w, arena_printf(a, "**The analysis is incomplete:** %s\n\n",
				    markdown_text(r->incomplete, a)), 0);
	arena_reset(a);
	if (r->gate)
		put_gate(w);
	put_table(w);
	put_advice(w);
	put(w, arena_printf(a, "**checked** %s  \n", markdown_text(proof_words(r, a), a)), 0);
	put(w, arena_printf(a, "**result** %s\n", markdown_text(proof_result(r, a), a)), 0);
}

int markdown_write(const struct report *r, FILE *out, size_t most, struct err *err)
{
	struct writer w = { .r = r, .out = out, .most = most };
	struct arena *a = &w.scratch;

	if (r->error)
		put(&w, arena_printf(a, "### meshctl %s: failed\n\n**error:** %s\n", r->command,
				     markdown_text(r->error, a)), 0);
	else
		put_report(&w);
	arena_release(a);
	return report_flush(out, err);
}

static int write_markdown(const struct report *r, FILE *out, struct err *err)
{
	if (r->comment && !r->error)
		return r->comment(r, out, r->ctx, err);
	return markdown_write(r, out, SIZE_MAX, err);
}

const struct reporter reporter_markdown = {
	.name = "markdown", .summary = "a table and what to do, for job summaries and comments",
	.tells_failure = true, .write = write_markdown,
};
