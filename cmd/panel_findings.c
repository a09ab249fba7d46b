/* SPDX-License-Identifier: MIT */
/* panel_findings.c - findings with their code frames, and what their rules say. */
#include "base/limits.h"
#include "cmd/page.h"
#include "cmd/report/frame.h"
#include "cmd/report/place.h"
#include "cmd/report/report_words.h"

#define FRAME_COLUMNS 110u
#define FRAME_AROUND 1u                 /* lines before and after */
#define RELATED_MOST 12u                /* other places of one finding */

/* The line, and those around it where they are there. */
static struct json *frame_of(struct frames *frames, const struct span *at)
{
	struct json *object, *lines;
	size_t caret = 0, ignored;

	arena_reset(&frames->line);
	if (!at->line || !frame_text(frames, at, FRAME_COLUMNS, &caret))
		return NULL;
	object = json_object();
	lines = json_array();
	uint32_t first = at->line > FRAME_AROUND ? at->line - FRAME_AROUND : 1;
	/* cJSON borrows texts until they are written: a copy of each is in the frames' arena. */
	for (uint32_t n = first; n <= at->line + FRAME_AROUND; n++) {
		const struct span line = { .path = at->path, .line = n,
					   .col = n == at->line ? at->col : 0 };
		const char *text = frame_text(frames, &line, FRAME_COLUMNS, &ignored);

		if (text)
			json_push_text(lines, text);
	}
	json_set_int(object, "first", first);
	json_set(object, "lines", lines);
	if (at->col)
		json_set_int(object, "caret", (int64_t)caret);
	return object;
}

static struct json *related_of(const struct report *r, const struct finding *f)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < f->nrelated && i < RELATED_MOST; i++) {
		const struct related *from = &f->related[i];
		struct json *to = json_object();

		json_set_text(to, "path", sym_text(r->source->syms, from->at.path));
		json_set_int(to, "line", from->at.line);
		if (*from->note)
			json_set_text(to, "note", from->note);
		json_push(list, to);
	}
	return list;
}

static struct json *finding_of(const struct report *r, const struct finding *f,
			       const uint32_t *number, struct frames *frames, struct arena *a)
{
	struct json *object = json_object(), *frame = frame_of(frames, &f->at);

	json_set_int(object, "rule", number[f->rule - rule_rows]);
	json_set_text(object, "level", severity_name[f->severity]);
	json_set_text(object, "id", f->short_id);
	json_set_text(object, "message", f->message);
	json_set_text(object, "path", report_path(r, &f->at));
	json_set_int(object, "line", f->at.line);
	json_set_text(object, "from", f->from);
	json_set_text(object, "to", f->to);
	json_set_text(object, "owner", f->owner);
	if (f->state != FINDING_NEW) {
		json_set_text(object, "state", finding_state_name[f->state]);
		json_set_text(object, "held", finding_holder(f, a));
	}
	if (f->why)
		json_set_text(object, "why", f->why);
	if (f->fix)
		json_set_text(object, "fix", f->fix);
	if (frame)
		json_set(object, "frame", frame);
	if (f->nrelated)
		json_set(object, "related", related_of(r, f));
	if (f->nrelated > RELATED_MOST)
		json_set_int(object, "more", f->nrelated - RELATED_MOST);
	return object;
}

/* Those that have findings here; number[] is where each stands in the list. */
static void write_rules(const struct report *r, uint32_t count, uint32_t *number,
			struct json_out *out)
{
	bool told[RULE_COUNT] = { false };
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		told[report_numbered(r, i)->rule - rule_rows] = true;
	json_out_open(out, "rules", JSON_ARRAY);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		struct json *rule;

		if (!told[i])
			continue;
		number[i] = n++;
		rule = json_object();
		json_set_text(rule, "name", rule_rows[i].name);
		json_set_text(rule, "id", rule_rows[i].id);
		json_set_text(rule, "summary", rule_rows[i].summary);
		json_set_text(rule, "why", rule_rows[i].why);
		json_set_text(rule, "fix", rule_rows[i].fix);
		json_out_value(out, rule);
	}
	json_out_close(out);
}

int panel_findings(const struct page *p, struct json_out *out, struct err *err UNUSED)
{
	const struct report *r = p->report;
	uint32_t all = r->findings->count + r->findings->nheld;
	uint32_t count = all < limit_of(LIMIT_PAGE_FINDINGS) ? all :
			 (uint32_t)limit_of(LIMIT_PAGE_FINDINGS);
	uint32_t number[RULE_COUNT];
	struct frames frames;

	write_rules(r, count, number, out);
	json_out_int(out, "left_out", all - count);
	json_out_open(out, "items", JSON_ARRAY);
	frames_init(&frames, r->source);
	for (uint32_t i = 0; i < count; i++)
		json_out_value(out, finding_of(r, report_numbered(r, i), number, &frames,
						p->arena));
	frames_release(&frames);
	json_out_close(out);
	return 0;
}
