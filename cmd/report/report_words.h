/* SPDX-License-Identifier: MIT */
/*
 * report_words.h - words that several formats share: advice of a finding, who
 * holds it, counts, and text as XML, Markdown and a URI want it.
 */
#ifndef MESHCTL_REPORT_WORDS_H
#define MESHCTL_REPORT_WORDS_H

#include "cmd/report/report.h"

/* Of this very case, else of its rule. */
const char *finding_why(const struct finding *f);
const char *finding_fix(const struct finding *f);
/* "accepted by .meshctl-baseline.jsonl:3"; NULL where nothing holds it. */
const char *finding_holder(const struct finding *f, struct arena *arena);
/* Does it tell that a row of the gate failed? */
bool finding_is_row(const struct finding *f);
/* "1 error, 2 warnings, 3 info"; before that the gate's verdict.  Its rows are not counted. */
const char *report_counts(const struct report *r, struct arena *arena);
/* With a full stop, unless it ends with one or a question mark. */
const char *full_stop(const char *text, struct arena *arena);
/* What is not UTF-8 becomes U+FFFD; nothing else changes. */
const char *clean_utf8(const char *text, struct arena *arena);

/* "a%20b/%ff": a relative URI reference of a path, every other byte escaped. */
const char *uri_of_path(const char *path, struct arena *arena);

/*
 * Text of the repository in Markdown, where nothing of it is markup, a mention or
 * a link, also in the cell of a table, but not where a line begins: what stands in
 * single quotes is code.
 */
const char *markdown_text(const char *text, struct arena *arena);
const char *markdown_code(const char *text, struct arena *arena);
/* Sentences of our own tables: code in backquotes stays code. */
const char *markdown_prose(const char *text, struct arena *arena);

/* A cell of CSV: quoted where it must be, never a formula, controls escaped. */
void csv_put_text(FILE *out, const char *text, struct arena *a);

/* Flushes; ERR_SYSTEM when something could not be written. */
int report_flush(FILE *out, struct err *err);

#endif
