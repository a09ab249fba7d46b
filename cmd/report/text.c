/* SPDX-License-Identifier: MIT */
/*
 * text.c - the report for a person: findings with their line of code, the
 * reason and the cure, at most a few of a rule; at the end the proof of work.
 */
#include "cmd/report/text.h"
#include "base/text.h"
#include "cmd/report/frame.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/reporters.h"

#include <errno.h>
#include <string.h>

#define HOPS_MAX 12u
#define NAME_COLUMNS 36u                /* of "from -> to" in a list of hops, at least */

struct writer {
	const struct report *r;
	FILE *out;
	struct frames frames;
	struct arena scratch;           /* emptied for each finding */
	const char *why, *adr, *fix;    /* printed last: examples of one rule do not repeat them */
};

void text_block(const struct report *r, FILE *out, const char *label, const char *text)
{
	fprintf(out, "%s%s%s%*s", paint_on(r->color, PAINT_BOLD), label, paint_off(r->color),
		(int)(MARGIN - strlen(label)), "");
	text_wrap(out, text, MARGIN, SCREEN_COLUMNS);
}

const char *text_place(const struct symtab *syms, const struct span *at, struct arena *arena)
{
	const char *path = sym_text(syms, at->path);

	path = *path ? text_escape(arena, path) : ".";
	if (!at->line)
		return path;
	if (!at->col)
		return arena_printf(arena, "%s:%u", path, at->line);
	return arena_printf(arena, "%s:%u:%u", path, at->line, at->col);
}

const char *text_cut_path(struct arena *arena, const char *path, size_t columns)
{
	const char *cut = text_cut_left(arena, path, columns);
	const char *slash = cut == path ? NULL : strchr(cut, '/');

	return slash && slash[1] ? arena_printf(arena, "\xe2\x80\xa6%s", slash) : cut;
}

/* Both ends stay recognisable: each may use half of the room. */
const char *text_edge(const char *from, const char *to, size_t columns, struct arena *arena)
{
	from = text_escape(arena, from);
	to = text_escape(arena, to);
	size_t room = columns - 4, half = room / 2;
	size_t wfrom = text_width(from), wto = text_width(to);

	if (wfrom + wto > room) {
		size_t for_from = wto < half ? room - wto : wfrom < half ? wfrom : half;

		from = text_cut_path(arena, from, for_from);
		to = text_cut_path(arena, to, room - text_width(from));
	}
	return arena_printf(arena, "%s -> %s", from, to);
}

static const char *hop_names(const struct text_hop *hop, size_t columns, struct arena *arena)
{
	return text_edge(hop->from, hop->to, columns, arena);
}

static const char *hop_place(const struct report *r, const struct text_hop *hop,
			     struct arena *arena)
{
	struct span at = { .path = hop->at.path, .line = hop->at.line };

	return text_place(r->source->syms, &at, arena);
}

static const char *hop_lines(const struct text_hop *hop, struct arena *arena)
{
	if (hop->lines < 2)
		return "";
	return arena_printf(arena, "   +%s", text_count(arena, hop->lines - 1, "line", "lines"));
}

void text_hops(const struct report *r, FILE *out, unsigned indent, const struct text_hop *hop,
	       uint32_t nhops, struct arena *arena)
{
	uint32_t shown = r->all || nhops <= HOPS_MAX + 1 ? nhops : HOPS_MAX;
	size_t names = 0, places = 0, lines = 0, room;

	for (uint32_t i = 0; i < shown; i++) {
		size_t p = text_width(hop_place(r, &hop[i], arena));
		size_t l = text_width(hop_lines(&hop[i], arena));

		places = p > places ? p : places;
		lines = l > lines ? l : lines;
	}
	/* The place is not cut: it is there to be clicked.  The names give way. */
	room = indent + 2 + places + lines + NAME_COLUMNS < SCREEN_COLUMNS ?
	       SCREEN_COLUMNS - indent - 2 - places - lines : NAME_COLUMNS;
	for (uint32_t i = 0; i < shown; i++) {
		size_t n = text_width(hop_names(&hop[i], room, arena));

		names = n > names ? n : names;
	}
	for (uint32_t i = 0; i < shown; i++) {
		const char *place = hop_place(r, &hop[i], arena), *more = hop_lines(&hop[i], arena);

		/* A place that does not fit beside its edge stands below it. */
		bool below = indent + names + 2 + places + text_width(more) > SCREEN_COLUMNS;

		if (below)
			fprintf(out, "%*s%s\n%*s", (int)indent, "",
				hop_names(&hop[i], SCREEN_COLUMNS - indent, arena),
				(int)indent + 2, "");
		else
			fprintf(out, "%*s%s  ", (int)indent, "",
				text_pad(arena, hop_names(&hop[i], room, arena), names));
		fprintf(out, "%s%s\n", *more && !below ? text_pad(arena, place, places) : place,
			more);
	}
	if (shown < nhops)
		fprintf(out, "%*s%u more hops: --all\n", (int)indent, "", nhops - shown);
}

static void print_hops(struct writer *w, const struct finding *f)
{
	struct text_hop *hop = arena_array(&w->scratch, struct text_hop, f->nrelated);
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->nrelated; i++) {
		const char *arrow = strstr(f->related[i].note, " -> ");

		if (!arrow)
			continue;
		hop[n++] = (struct text_hop){
			.from = arena_strndup(&w->scratch, f->related[i].note,
					      (size_t)(arrow - f->related[i].note)),
			.to = arrow + 4, .at = f->related[i].at, .lines = f->related[i].lines,
		};
	}
	text_hops(w->r, w->out, 4, hop, n, &w->scratch);
}

/* Other places of the same finding. */
static void print_places(struct writer *w, const struct finding *f)
{
	uint32_t n = 0, most = w->r->all ? f->nrelated : w->r->brief ? 0 : EXAMPLES_MAX;

	for (uint32_t i = 0; i < f->nrelated; i++) {
		if (*f->related[i].note)
			continue;
		if (n++ < most)
			fprintf(w->out, "  also  %s\n",
				text_place(w->r->source->syms, &f->related[i].at,
								  &w->scratch));
	}
	if (n > most)
		fprintf(w->out, "  also  in %s: --all\n",
			text_count(&w->scratch, n - most, "more place", "more places"));
}

static void print_advice(struct writer *w, const char *label, const char *text, const char **last)
{
	if (!text || (*last && !strcmp(*last, text)))
		return;
	*last = text;
	fprintf(w->out, "  %s%s%s   ", paint_on(w->r->color, PAINT_BOLD), label,
		paint_off(w->r->color));
	text_wrap(w->out, text_escape(&w->scratch, text), 8, SCREEN_COLUMNS);
}

static void print_head(struct writer *w, const struct finding *f)
{
	const bool color = w->r->color;
	struct arena *a = &w->scratch;
	const char *place = text_place(w->r->source->syms, &f->at, a);
	const char *head = arena_printf(a, "%s: %s: ", place, severity_name[f->severity]);

	fprintf(w->out, "%s: %s%s%s: ", place, paint_on(color, paint_of(f->severity)),
		severity_name[f->severity], paint_off(color));
	text_wrap_from(w->out, arena_printf(a, "%s [%s" TEXT_GLUE "#%s]",
					    text_escape(a, f->message), f->rule->name, f->short_id),
		       text_width(head), 2, SCREEN_COLUMNS);
}

static void print_finding(struct writer *w, const struct finding *f)
{
	print_head(w, f);
	frame_print(&w->frames, &f->at, w->r->color, w->out);
	print_hops(w, f);
	print_places(w, f);
	if (f->owner)
		fprintf(w->out, "  %sowner%s %s\n", paint_on(w->r->color, PAINT_BOLD),
			paint_off(w->r->color), text_escape(&w->scratch, f->owner));
	/* On one screen only what is said of this very case; `explain` has the rest. */
	print_advice(w, "why", f->why || w->r->brief ? f->why : f->rule->why, &w->why);
	if (f->decision)
		print_advice(w, "adr", f->decision, &w->adr);
	print_advice(w, "fix", f->fix ? f->fix : f->rule->fix, &w->fix);
	fputc('\n', w->out);
	arena_reset(&w->scratch);
}

void text_finding(const struct report *r, FILE *out, const struct finding *f)
{
	struct writer w = { .r = r, .out = out };

	frames_init(&w.frames, r->source);
	print_finding(&w, f);
	frames_release(&w.frames);
	arena_release(&w.scratch);
}

/*
 * Blocks of a command show circles of several packages; a package that imports
 * itself is in none of them.
 */
static bool in_blocks(const struct writer *w, const struct finding *f)
{
	bool one = *f->to && f->rule != &rule_rows[RULE_COULD_BE_INTERNAL];

	return w->r->in_blocks[f->rule - rule_rows] && !one;
}

/* All findings of the rule of item `first`, in their order; the rest is counted. */
static void print_rule(struct writer *w, uint32_t first)
{
	const struct findings *all = w->r->findings;
	const struct rule *rule = all->item[first].rule;
	uint32_t n = 0, most = rule->severity == SEV_INFO ? 1 : EXAMPLES_MAX;
	bool heads = false;

	if (w->r->all)
		most = UINT32_MAX;
	w->why = w->adr = w->fix = NULL;
	for (uint32_t i = first; i < all->count; i++) {
		if (all->item[i].rule != rule || in_blocks(w, &all->item[i]) || n++ >= most)
			continue;
		if (w->r->brief && (n > 1 || rule->severity == SEV_INFO)) {
			heads = true;
			print_head(w, &all->item[i]);
		} else {
			print_finding(w, &all->item[i]);
		}
	}
	if (heads && n <= most)
		fputc('\n', w->out);
	if (n > most) {
		const struct report *r = w->r;

		fprintf(w->out, "%s of %s: %s%s%s --all\n\n",
			text_count(&w->scratch, n - most, "more finding", "more findings"),
			rule->name, r->again ? r->again : "meshctl analyze",
			r->again_all ? "" : " --rule ", r->again_all ? "" : rule->name);
		arena_reset(&w->scratch);
	}
}

/* "INFO      3 of test-cycle, 1 of mixed-packages: ...": beside worse,
	what is no fault is counted. */
static void print_infos(struct writer *w, const uint32_t count[RULE_COUNT])
{
	const char *text = "", *first = NULL;

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		if (!count[i])
			continue;
		first = first ? first : rule_rows[i].name;
		text = arena_printf(&w->scratch, "%s%s%s of %s", text, *text ? ", " : "",
				    text_number(&w->scratch, count[i]), rule_rows[i].name);
	}
	if (first)
		text_block(w->r, w->out, "INFO", arena_printf(&w->scratch,
			   "%s: meshctl" TEXT_GLUE "analyze" TEXT_GLUE "--rule" TEXT_GLUE "%s",
			   text, first));
	if (first)
		fputc('\n', w->out);
	arena_reset(&w->scratch);
}

static void print_findings(struct writer *w)
{
	const bool fold = w->r->brief && findings_count(w->r->findings, SEV_ERROR) +
					 findings_count(w->r->findings, SEV_WARNING) > 0;
	uint32_t infos[RULE_COUNT] = { 0 };
	bool seen[RULE_COUNT] = { false };

	/* Worst first: a rule stands where its worst finding does. */
	for (uint32_t i = 0; i < w->r->findings->count; i++) {
		size_t rule = (size_t)(w->r->findings->item[i].rule - rule_rows);

		if (fold && w->r->findings->item[i].severity == SEV_INFO) {
			infos[rule] += !seen[rule] && !in_blocks(w, &w->r->findings->item[i]);
			continue;
		}
		if (seen[rule] || in_blocks(w, &w->r->findings->item[i]) ||
		    (!w->r->all && w->r->findings->item[i].severity < w->r->least))
			continue;
		seen[rule] = true;
		print_rule(w, i);
	}
	print_infos(w, infos);
}

static const char *holder(const struct finding *f, struct arena *a)
{
	static const char *const words[] = {
		[FINDING_NEW] = "", [FINDING_EXCEPTED] = "excepted by",
		[FINDING_IGNORED] = "ignored by", [FINDING_BASELINED] = "accepted by",
		[FINDING_KNOWN] = "as at", [FINDING_ELSEWHERE] = "owned by",
	};

	/* The record that excuses it, not the one that its rule rests on. */
	return arena_printf(a, "%s %s%s%s", words[f->state], text_escape(a, f->held_by),
			    f->adr && f->decision ? ", " : "", f->adr && f->decision ?
			    text_escape(a, f->decision) : "");
}

/* Those of the rule of number `first`, and who holds each. */
static void print_held_rule(struct writer *w, uint32_t first)
{
	const struct findings *all = w->r->findings;
	const struct rule *rule = all->held[first].rule;
	uint32_t n = 0, most = w->r->all ? UINT32_MAX : EXAMPLES_MAX;

	for (uint32_t i = first; i < all->nheld; i++) {
		if (all->held[i].rule != rule || n++ >= most)
			continue;
		print_head(w, &all->held[i]);
		fputs("  ", w->out);
		text_wrap_from(w->out, holder(&all->held[i], &w->scratch), 2, 4, SCREEN_COLUMNS);
		arena_reset(&w->scratch);
	}
	if (n > most)
		fprintf(w->out, "%s of %s: --all\n",
			text_count(&w->scratch, n - most, "more finding", "more findings"),
			rule->name);
}

/* They count nowhere; without --show-suppressed how many there are. */
static void print_held(struct writer *w)
{
	const struct findings *all = w->r->findings;
	bool seen[RULE_COUNT] = { false };

	if (!all->nheld)
		return;
	text_block(w->r, w->out, "HELD", arena_printf(&w->scratch, "%s back, not counted%s",
		   text_count(&w->scratch, all->nheld, "finding held", "findings held"),
		   w->r->show_held ? "" : ": --show-suppressed lists what and by whom"));
	for (uint32_t i = 0; i < all->nheld && w->r->show_held; i++) {
		size_t rule = (size_t)(all->held[i].rule - rule_rows);

		if (!seen[rule])
			print_held_rule(w, i);
		seen[rule] = true;
	}
	fputc('\n', w->out);
	arena_reset(&w->scratch);
}

static int write_text(const struct report *r, FILE *out, struct err *err)
{
	struct writer w = { .r = r, .out = out };
	int rc = 0;

	/* A run that failed has no report: main says why on stderr. */
	if (r->error)
		return 0;
	frames_init(&w.frames, r->source);
	if (r->blocks)
		rc = r->blocks(r, out, r->ctx, err);
	if (!rc) {
		print_findings(&w);
		print_held(&w);
	}
	if (!rc && r->next)
		rc = r->next(r, out, r->ctx, err);
	if (!rc) {
		text_block(r, out, "checked", text_escape(&w.scratch, proof_words(r, &w.scratch)));
		text_block(r, out, "result", text_escape(&w.scratch, proof_result(r, &w.scratch)));
	}
	if (!rc && (fflush(out) || ferror(out)))
		rc = err_set(err, ERR_SYSTEM, "cannot write: %s", strerror(errno ? errno : EIO));
	frames_release(&w.frames);
	arena_release(&w.scratch);
	return rc;
}

const struct reporter reporter_text = {
	.name = "text", .summary = "for people: findings with code, reason and cure",
	.write = write_text,
};
