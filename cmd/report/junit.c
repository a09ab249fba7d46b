/* SPDX-License-Identifier: MIT */
/*
 * junit.c - JUnit XML in the shape of Jenkins' junit-10.xsd: one suite a rule,
 * and a first one that says whether the analysis is complete.  A finding at or
 * above --fail-on is a failure; one below it passes and tells in system-out;
 * what is held back, and a rule that had nothing to judge, is skipped.
 */
#include "analyzers/gate.h"
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/proof.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

#include <string.h>

struct writer {
	const struct report *r;
	FILE *out;
	struct arena scratch;
	struct { uint32_t tests, failures, skipped; } of[RULE_COUNT];
	uint32_t *next;                 /* the next finding of the same rule, + 1 */
	uint32_t first[RULE_COUNT];     /* the first one, + 1 */
};

/* Controls are escaped as words first: XML has no way to write them. */
static void put_xml(struct writer *w, const char *text)
{
	static const char *const entity[] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
	};
	const unsigned char *p;

	for (p = (const unsigned char *)text_escape(&w->scratch, text); *p; p++) {
		/* U+FFFE and U+FFFF are characters, but not in XML. */
		if (p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe) {
			fputs("\xef\xbf\xbd", w->out);
			p += 2;
		} else if (*p < ARRAY_SIZE(entity) && entity[*p]) {
			fputs(entity[*p], w->out);
		} else {
			fputc(*p, w->out);
		}
	}
}

static void put_attribute(struct writer *w, const char *name, const char *text)
{
	fprintf(w->out, " %s=\"", name);
	put_xml(w, text);
	fputc('"', w->out);
}

static void open_suite(struct writer *w, const char *name, unsigned tests, unsigned failures,
		       unsigned errors, unsigned skipped)
{
	fputs("  <testsuite", w->out);
	put_attribute(w, "name", name);
	fprintf(w->out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" time=\"0\">\n",
		tests, failures, errors, skipped);
}

static void open_case(struct writer *w, const char *class, const char *name)
{
	fputs("    <testcase", w->out);
	put_attribute(w, "classname", class);
	put_attribute(w, "name", name);
	fputs(" time=\"0\"", w->out);
}

static const char *class_of(struct writer *w, const char *name)
{
	return arena_printf(&w->scratch, "meshctl.%s", name);
}

/* Under a gate nothing fails that it lets pass. */
static bool fails(const struct writer *w, const struct finding *f)
{
	if (w->r->gate && !w->r->gate->failed)
		return false;
	return f->state == FINDING_NEW && w->r->fail_on != SEV_OFF &&
	       f->severity >= w->r->fail_on;
}

static void put_words(struct writer *w, const struct finding *f)
{
	struct arena *a = &w->scratch;

	put_xml(w, arena_printf(a, "%s:%u:%u: %s: %s [%s #%s]", report_path(w->r, &f->at),
				f->at.line, f->at.col, severity_name[f->severity], f->message,
				f->rule->name, f->short_id));
	fputc('\n', w->out);
	for (uint32_t i = 0; i < f->nrelated; i++) {
		put_xml(w, arena_printf(a, "  %s:%u%s%s", report_path(w->r, &f->related[i].at),
					f->related[i].at.line, *f->related[i].note ? ": " : "",
					f->related[i].note));
		fputc('\n', w->out);
	}
	put_xml(w, arena_printf(a, "why: %s", finding_why(f)));
	fputc('\n', w->out);
	put_xml(w, arena_printf(a, "fix: %s", finding_fix(f)));
	fputc('\n', w->out);
}

/* Named without a line, so that its history survives edits. */
static void put_finding(struct writer *w, const struct finding *f)
{
	struct arena *a = &w->scratch;

	open_case(w, class_of(w, f->rule->name), arena_printf(a, "%s: %s [#%s]",
		  report_path(w->r, &f->at), f->message, f->short_id));
	fputs(">\n", w->out);
	if (f->state != FINDING_NEW) {
		fputs("      <skipped", w->out);
		put_attribute(w, "message", finding_holder(f, a));
		fputs("/>\n", w->out);
	} else if (fails(w, f)) {
		fputs("      <failure", w->out);
		put_attribute(w, "type", severity_name[f->severity]);
		put_attribute(w, "message", f->message);
		fputc('>', w->out);
		put_words(w, f);
		fputs("</failure>\n", w->out);
	} else {
		fputs("      <system-out>", w->out);
		put_words(w, f);
		fputs("</system-out>\n", w->out);
	}
	fputs("    </testcase>\n", w->out);
	arena_reset(a);
}

/* Counts, and links the findings of each rule in their order. */
static void sort_out(struct writer *w)
{
	uint32_t last[RULE_COUNT] = { 0 };

	for (uint32_t i = 0; i < w->r->findings->count + w->r->findings->nheld; i++) {
		const struct finding *f = report_numbered(w->r, i);
		size_t rule = (size_t)(f->rule - rule_rows);

		w->of[rule].tests++;
		w->of[rule].failures += fails(w, f);
		w->of[rule].skipped += f->state != FINDING_NEW;
		*(last[rule] ? &w->next[last[rule] - 1] : &w->first[rule]) = i + 1;
		last[rule] = i + 1;
	}
}

/* A rule without a finding is one case: passed, or skipped with the reason. */
static void put_silent_rule(struct writer *w, enum rule_id rule)
{
	const char *silence = proof_silence(w->r, rule);
	const struct rule *row = &rule_rows[rule];

	open_suite(w, row->name, 1, 0, 0, silence != NULL);
	open_case(w, class_of(w, row->name), arena_printf(&w->scratch, "not found: %s",
							  row->summary));
	if (silence) {
		fputs(">\n      <skipped", w->out);
		put_attribute(w, "message", silence);
		fputs("/>\n    </testcase>\n", w->out);
	} else {
		fputs("/>\n", w->out);
	}
	fputs("  </testsuite>\n", w->out);
	arena_reset(&w->scratch);
}

static void put_rule(struct writer *w, enum rule_id rule)
{
	if (!w->of[rule].tests) {
		if (w->r->chosen && w->r->chosen->has[rule])
			put_silent_rule(w, rule);
		return;
	}
	open_suite(w, rule_rows[rule].name, w->of[rule].tests, w->of[rule].failures, 0,
		   w->of[rule].skipped);
	for (uint32_t i = w->first[rule]; i; i = w->next[i - 1])
		put_finding(w, report_numbered(w->r, i - 1));
	fputs("  </testsuite>\n", w->out);
}

/* Red where green would prove nothing. */
static void put_completeness(struct writer *w)
{
	const char *why = w->r->error ? w->r->error : w->r->incomplete;

	open_suite(w, "meshctl", 1, 0, why != NULL, 0);
	open_case(w, "meshctl", "the analysis is complete");
	if (why) {
		fputs(">\n      <error", w->out);
		put_attribute(w, "type", w->r->error ? "failed" : "incomplete");
		put_attribute(w, "message", why);
		fputs("/>\n    </testcase>\n", w->out);
	} else {
		fputs("/>\n", w->out);
	}
	fputs("  </testsuite>\n", w->out);
}

static int write_junit(const struct report *r, FILE *out, struct err *err)
{
	struct writer w = { .r = r, .out = out };
	struct arena a = ARENA_INIT;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", out);
	put_attribute(&w, "name", arena_printf(&a, "meshctl %s", r->command));
	fputs(">\n", out);
	put_completeness(&w);
	if (!r->error) {
		w.next = arena_array(&a, uint32_t, (size_t)r->findings->count +
				     r->findings->nheld);
		sort_out(&w);
		for (unsigned i = 0; i < RULE_COUNT; i++)
			put_rule(&w, (enum rule_id)i);
	}
	fputs("</testsuites>\n", out);
	arena_release(&w.scratch);
	arena_release(&a);
	return report_flush(out, err);
}

const struct reporter reporter_junit = {
	.name = "junit", .summary = "JUnit XML, for Jenkins and most other CI servers",
	.tells_failure = true, .write = write_junit,
};
