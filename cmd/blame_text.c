/* SPDX-License-Identifier: MIT */
/* blame_text.c - the commits that made a number worse, for a person and for programs. */
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "cmd/blame.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"
#include "cmd/trend_view.h"

#include <math.h>
#include <string.h>

#define STEPS_MAX 5u                    /* on one screen; --all has every one */
#define LINES_MAX 4u                    /* of imports, of findings, of a step there */
#define INDENT 12u
#define OWNER_COLUMNS 30u

struct page {
	const struct blame *b;
	struct report r;
	FILE *out;
	struct arena arena;
};

static const struct line_commit *commit_of(const struct blame *b, uint32_t at)
{
	return &b->past->line.commit[at];
}

static const char *title_of(struct page *p)
{
	const struct trend *t = &trend_rows[p->b->trend];

	return p->b->level ? arena_printf(&p->arena, "%s, %s", t->title, p->b->level) : t->title;
}

static void print_ends(struct page *p)
{
	const struct blame *b = p->b;
	char from[DATE_BYTES], to[DATE_BYTES];

	fprintf(p->out, "%s: %s on %s (%.7s), %s on %s (%.7s)\n\n", title_of(p),
		trend_text(b->trend, b->was, &p->arena),
		date_text(commit_of(b, b->from)->time, from), commit_of(b, b->from)->id,
		trend_text(b->trend, b->now, &p->arena),
		date_text(commit_of(b, b->to)->time, to), commit_of(b, b->to)->id);
}

static void print_more(struct page *p, uint32_t all, const char *one, const char *many)
{
	if (all > LINES_MAX && !p->b->all)
		fprintf(p->out, "%*s%s: --all\n", (int)INDENT, "",
			text_count(&p->arena, all - LINES_MAX, one, many));
}

static void print_added(struct page *p, const struct blame_step *s)
{
	uint32_t imports = p->b->all || s->nimports < LINES_MAX ? s->nimports : LINES_MAX;
	uint32_t findings = p->b->all || s->nfindings < LINES_MAX ? s->nfindings : LINES_MAX;
	struct arena *a = &p->arena;

	for (uint32_t i = 0; i < imports; i++) {
		const struct blame_import *e = &s->import[i];
		const char *more = e->was ? arena_printf(a, ", %s", text_count(a, e->lines - e->was,
						"line more", "lines more")) : "";
		const char *at = e->path ? arena_printf(a, "  %s:%u%s", text_cut_path(a,
			text_escape(a, e->path), 40), e->line, more) : "";
		size_t room = SCREEN_COLUMNS - INDENT - 2 - text_width(at);

		fprintf(p->out, "%*s+ %s%s\n", (int)INDENT, "",
			text_edge(e->from, e->to, room, a), at);
	}
	print_more(p, s->nimports, "more import", "more imports");
	for (uint32_t i = 0; i < findings; i++) {
		const struct blame_finding *f = &s->finding[i];

		fprintf(p->out, "%*s", (int)INDENT, "");
		text_wrap(p->out, arena_printf(a, "%s [%s #%s]", text_escape(a, f->message),
					       f->rule, f->id), INDENT + 2, SCREEN_COLUMNS);
	}
	print_more(p, s->nfindings, "more finding", "more findings");
	if (s->detailed && !s->nimports && !s->nfindings)
		fprintf(p->out, "%*sno import between packages and no finding is new%s\n",
			(int)INDENT, "", p->b->trend == TREND_DEBT ?
			": what was there costs more" : "");
}

static void print_step(struct page *p, const struct blame_step *s)
{
	const struct line_commit *c = commit_of(p->b, s->commit);
	double change = s->now - s->was;
	struct arena *a = &p->arena;
	char day[DATE_BYTES];

	const char *step = arena_printf(a, "%s%s", change < 0 ? "-" : "+",
					trend_text(p->b->trend, fabs(change), a));
	const char *head = arena_printf(a, "%-10s  %s  %.7s  ", step, date_text(c->time, day),
					c->id);
	const char *tail = arena_printf(a, "  %s", !s->owner ? "no owner" :
					text_cut(a, text_escape(a, s->owner), OWNER_COLUMNS));
	size_t room = SCREEN_COLUMNS - text_width(head) - text_width(tail);

	fprintf(p->out, "%s%s%s%s%s\n", paint_on(p->r.color, PAINT_BOLD), head,
		text_cut(a, text_escape(a, c->subject), room < 20 ? 20 : room),
		paint_off(p->r.color), tail);
	fprintf(p->out, "%*s%s -> %s\n", (int)INDENT, "", trend_text(p->b->trend, s->was, a),
		trend_text(p->b->trend, s->now, a));
	print_added(p, s);
	fputc('\n', p->out);
}

static void print_steps(struct page *p)
{
	const struct blame *b = p->b;
	uint32_t n = b->all || b->nsteps < STEPS_MAX ? b->nsteps : STEPS_MAX;

	for (uint32_t i = 0; i < n; i++) {
		print_step(p, &b->step[i]);
		arena_reset(&p->arena);
	}
	if (n < b->nsteps)
		fprintf(p->out, "%s: --all\n\n", text_count(&p->arena, b->nsteps - n,
			"more commit made it worse", "more commits made it worse"));
	if (!n)
		fprintf(p->out, "no commit made it worse%s\n\n", b->each ? "" :
			" for good; --all tells those whose step was undone");
}

static const char *way_words(struct page *p)
{
	const struct blame *b = p->b;
	struct arena *a = &p->arena;
	const char *touch = text_count(a, b->touching, "commit since the first touches Go files",
				       "commits since the first touch Go files");

	if (!b->each)
		return arena_printf(a, "%s judged; %s: what was undone between two that were "
				    "judged is not seen, --all judges every one",
				    text_count(a, b->past->judged, "commit", "commits"), touch);
	return arena_printf(a, "every one of %s%s%s", touch, b->why_each ? ", for " : "",
			    b->why_each ? b->why_each : "");
}

int blame_write_text(const struct blame *b, const struct output *o, struct err *err UNUSED)
{
	struct page p = { .b = b, .out = o->file, .r = { .color = o->color } };

	print_ends(&p);
	print_steps(&p);
	text_block(&p.r, o->file, "checked", way_words(&p));
	text_block(&p.r, o->file, "result", b->incomplete ?
		   arena_printf(&p.arena, "incomplete: %s; exit %d",
				text_escape(&p.arena, b->incomplete), (int)b->status) :
		   arena_printf(&p.arena, "exit %d", (int)b->status));
	arena_release(&p.arena);
	return 0;
}

/* ---- for programs ---- */

static struct json *end_of(const struct blame *b, uint32_t at, double value)
{
	struct json *object = json_object();

	json_set_text(object, "commit", commit_of(b, at)->id);
	json_set_int(object, "committed", commit_of(b, at)->clock);
	json_set_real(object, "value", value);
	return object;
}

static struct json *step_of(const struct blame *b, const struct blame_step *s)
{
	struct json *object = end_of(b, s->commit, s->now);
	struct json *imports = json_array(), *findings = json_array();

	json_set_text(object, "subject", commit_of(b, s->commit)->subject);
	json_set_text(object, "compared_with", commit_of(b, s->before)->id);
	json_set_real(object, "was", s->was);
	json_set_text(object, "owner", s->owner);
	for (uint32_t i = 0; i < s->nimports; i++) {
		struct json *e = json_object();

		json_set_text(e, "from", s->import[i].from);
		json_set_text(e, "to", s->import[i].to);
		json_set_text(e, "path", s->import[i].path);
		json_set_int(e, "line", s->import[i].line);
		json_set_int(e, "lines", s->import[i].lines);
		json_set_int(e, "was", s->import[i].was);
		json_set_text(e, "owner", s->import[i].owner);
		json_push(imports, e);
	}
	for (uint32_t i = 0; i < s->nfindings; i++) {
		struct json *f = json_object();

		json_set_text(f, "rule", s->finding[i].rule);
		json_set_text(f, "id", s->finding[i].id);
		json_set_text(f, "message", s->finding[i].message);
		json_set_text(f, "path", s->finding[i].path);
		json_set_int(f, "line", s->finding[i].line);
		json_set_text(f, "owner", s->finding[i].owner);
		json_push(findings, f);
	}
	json_set(object, "imports", s->detailed ? imports : NULL);
	json_set(object, "findings", s->detailed ? findings : NULL);
	if (!s->detailed) {
		json_free(imports);
		json_free(findings);
	}
	return object;
}

int blame_write_json(const struct blame *b, const struct output *o, struct err *err)
{
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "history blame");
	json_out_int(&j, "status", b->status);
	json_out_text(&j, "incomplete", b->incomplete);
	json_out_text(&j, "metric", trend_rows[b->trend].id);
	json_out_text(&j, "level", b->level);
	json_out_text(&j, "worse", b->sign > 0 ? "more" : "less");
	json_out_member(&j, "from", end_of(b, b->from, b->was));
	json_out_member(&j, "to", end_of(b, b->to, b->now));
	json_out_bool(&j, "every_commit", b->each);
	json_out_int(&j, "touching", b->touching);
	json_out_open(&j, "steps", JSON_ARRAY);
	for (uint32_t i = 0; i < b->nsteps; i++)
		json_out_value(&j, step_of(b, &b->step[i]));
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}
