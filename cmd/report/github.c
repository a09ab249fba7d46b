/* SPDX-License-Identifier: MIT */
/*
 * github.c - workflow commands of GitHub Actions: an annotation a finding, the
 * worst first because GitHub shows ten of each level, the count last.
 */
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

#include <string.h>

#define SHOWN_OF_LEVEL 10u              /* annotations that GitHub shows of a step */

static const char *command_of(enum severity severity)
{
	switch (severity) {
	case SEV_OFF:
	case SEV_INFO:
		return "notice";
	case SEV_WARNING:
		return "warning";
	case SEV_ERROR:
	case SEV_COUNT:
		break;
	}
	return "error";
}

/* What would end a line, or a property, as its bytes in hexadecimal. */
static void put_escaped(FILE *out, const char *text, const char *also)
{
	for (; *text; text++)
		if (*text == '%' || *text == '\r' || *text == '\n' || strchr(also, *text))
			fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
		else
			fputc(*text, out);
}

static void put_property(FILE *out, const char *text)
{
	put_escaped(out, text, ":,");
}

static void put_data(FILE *out, const char *text)
{
	put_escaped(out, text, "");
}

static void annotate(const struct report *r, FILE *out, const struct finding *f,
		     const struct place *p, struct arena *a)
{
	fprintf(out, "::%s file=", command_of(f->severity));
	put_property(out, clean_utf8(report_path(r, &f->at), a));
	fprintf(out, ",line=%u,endLine=%u,col=%u,endColumn=%u,title=", p->line, p->line, p->col,
		p->end_col);
	put_property(out, arena_printf(a, "%s #%s", f->rule->name, f->short_id));
	fputs("::", out);
	put_data(out, arena_printf(a, "%s\n%s", text_escape(a, f->message),
				   text_escape(a, finding_fix(f))));
	fputc('\n', out);
}

/* About no file. */
static void announce(FILE *out, const char *command, const char *title, const char *text)
{
	fprintf(out, "::%s title=", command);
	put_property(out, title);
	fputs("::", out);
	put_data(out, text);
	fputc('\n', out);
}

static void put_count(const struct report *r, FILE *out, const char *title, struct arena *a)
{
	bool many = false;

	for (unsigned s = SEV_INFO; s < SEV_COUNT; s++)
		many |= findings_count(r->findings, (enum severity)s) > SHOWN_OF_LEVEL;
	if (!r->findings->count) {
		/* Nothing to show: no annotation, a line of the log. */
		fprintf(out, "%s: %s\n", title, report_counts(r, a));
		return;
	}
	announce(out, "notice", title, arena_printf(a, "%s%s", report_counts(r, a),
		 many ? "; GitHub shows ten of each level, the log has all of them" : ""));
}

static int write_github(const struct report *r, FILE *out, struct err *err)
{
	struct arena a = ARENA_INIT, row = ARENA_INIT;
	const char *title = arena_printf(&a, "meshctl %s", r->command);
	struct places places;

	if (r->error) {
		announce(out, "error", title, text_escape(&a, r->error));
		arena_release(&a);
		return report_flush(out, err);
	}
	if (r->incomplete)
		announce(out, "error", title, text_escape(&a, arena_printf(&a, "incomplete: %s",
									   r->incomplete)));
	places_init(r, false, &places);
	for (uint32_t i = 0; i < r->findings->count; i++) {
		annotate(r, out, &r->findings->item[i], place_at(&places, i, 0), &row);
		arena_reset(&row);
	}
	put_count(r, out, title, &a);
	places_release(&places);
	arena_release(&row);
	arena_release(&a);
	return report_flush(out, err);
}

const struct reporter reporter_github = {
	.name = "github", .summary = "annotations of GitHub Actions; a job summary as well",
	.tells_failure = true, .write = write_github,
};
