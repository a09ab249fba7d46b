/* SPDX-License-Identifier: MIT */
/*
 * csv.c - one row a finding, for spreadsheets: RFC 4180, a header line, CR LF.
 * Controls are escaped, so that a row is a line.  A cell that a spreadsheet would
 * take for a formula begins with an apostrophe.
 */
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

#include <string.h>

/* = + - @ of ASCII, and their full-width forms, which some spreadsheets take as well. */
static bool is_formula(const char *s)
{
	static const char *const wide[] = {
		"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0",
	};

	for (unsigned i = 0; i < ARRAY_SIZE(wide); i++)
		if (!strncmp(s, wide[i], strlen(wide[i])))
			return true;
	return *s && strchr("=+-@", *s);
}

void csv_put_text(FILE *out, const char *text, struct arena *a)
{
	text = text_escape(a, text);
	bool formula = is_formula(text + strspn(text, " "));

	if (!formula && !text[strcspn(text, ",\"' ;")]) {
		fputs(text, out);
		return;
	}
	fputs(formula ? "\"'" : "\"", out);
	for (; *text; text++)
		fprintf(out, "%s%c", *text == '"' ? "\"" : "", *text);
	fputc('"', out);
}

static void put_number(FILE *out, uint32_t number)
{
	if (number)
		fprintf(out, "%u", number);
}

static void put_row(const struct report *r, FILE *out, const struct finding *f, struct arena *a)
{
	const char *holder = finding_holder(f, a);
	const char *texts[] = {
		f->rule->name, f->rule->id, f->short_id, severity_name[f->severity], f->message,
		report_path(r, &f->at),
	};
	const char *rest[] = {
		f->from, f->to, f->symbol,
		arena_printf(a, "%016llx", (unsigned long long)f->fingerprint),
		f->state == FINDING_NEW ? "new" : holder,
	};

	for (unsigned i = 0; i < ARRAY_SIZE(texts); i++) {
		csv_put_text(out, texts[i], a);
		fputc(',', out);
	}
	put_number(out, f->at.line);
	fputc(',', out);
	put_number(out, f->at.col);
	fputc(',', out);
	put_number(out, f->at.end_col);
	for (unsigned i = 0; i < ARRAY_SIZE(rest); i++) {
		fputc(',', out);
		csv_put_text(out, rest[i], a);
	}
	fputs("\r\n", out);
}

static int write_csv(const struct report *r, FILE *out, struct err *err)
{
	struct arena a = ARENA_INIT;

	/* A header without rows would say that nothing was found. */
	if (r->error)
		return 0;
	fputs("rule,rule_id,id,level,message,path,line,column,end_column,from,to,symbol,"
	      "fingerprint,state\r\n", out);
	for (uint32_t i = 0; i < r->findings->count + r->findings->nheld; i++) {
		put_row(r, out, report_numbered(r, i), &a);
		arena_reset(&a);
	}
	arena_release(&a);
	return report_flush(out, err);
}

const struct reporter reporter_csv = {
	.name = "csv", .summary = "one row a finding, for spreadsheets", .write = write_csv,
};
