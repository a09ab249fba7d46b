/* SPDX-License-Identifier: MIT */
/* man_text.c - mdoc of words, sentences, paragraphs; clean under `mandoc -Tlint -W warning`. */
#include "cmd/man_text.h"

#include "cmd/help.h"

#include <ctype.h>
#include <string.h>

/* Of the release, not of the build: the same sources give the same bytes. */
#define RELEASE_DATE "November 22, 2026"
#define LINE 76u                        /* columns of running text in the source */

/* The word at p, up to a space: opening and closing quotes, dashes that are no hyphens. */
static void put_word(FILE *out, const char *p, size_t len, bool line_start)
{
	if (line_start && strchr(".'", *p))
		fputs("\\&", out);
	for (size_t i = 0; i < len; i++) {
		bool first = !i || strchr("(`'", p[i - 1]);
		bool dash = p[i + 1] == '-' || (i && p[i - 1] == '-') ||
			    (first && isalpha((unsigned char)p[i + 1]));

		if (p[i] == '`')
			fputs(first && i + 1 < len && (!i || p[i - 1] == '(') ? "\\(oq" : "\\(cq",
			      out);
		else if (p[i] == '\\')
			fputs("\\e", out);
		else if (p[i] == '-' && dash)
			fputs("\\-", out);
		else
			fputc(p[i], out);
	}
}

void man_put_text(FILE *out, const char *text)
{
	size_t at = 0;

	for (const char *p = text + strspn(text, " \n"), *last = NULL; *p; p += strspn(p, " \n")) {
		size_t len = strcspn(p, " \n");
		bool sentence_start =
			last && strchr(".?!", *last) && (isupper((unsigned char)*p) || *p == '`');

		if (at && (sentence_start || at + 1 + len > LINE)) {
			fputc('\n', out);
			at = 0;
		} else if (at) {
			fputc(' ', out);
			at++;
		}
		put_word(out, p, len, !at);
		at += len;
		p += len;
		last = p - 1;
	}
	fputc('\n', out);
}

void man_put_literal(FILE *out, const char *text)
{
	fputs(".Bd -literal -offset indent\n", out);
	for (const char *p = text; *p; p++) {
		bool start = p == text || p[-1] == '\n';

		if (start && *p == '\t')
			continue;
		if (strchr(".'", *p) &&
		    (start || (p[-1] == '\t' && (p - 1 == text || p[-2] == '\n'))))
			fputs("\\&", out);
		if (*p == '\\')
			fputs("\\e", out);
		else if (*p == '-')
			fputs("\\-", out);
		else
			fputc(*p, out);
	}
	fputs("\n.Ed\n", out);
}

void man_put_paragraphs(FILE *out, const char *text, struct arena *arena)
{
	const char *p;
	bool literal, first = true;

	for (; (p = paragraph_next(&text, arena, &literal)); first = false) {
		if (literal) {
			man_put_literal(out, p);
			continue;
		}
		if (!first)
			fputs(".Pp\n", out);
		man_put_text(out, p);
	}
}

void man_put_head(FILE *out, const char *title, int section, const char *page, const char *summary,
		  struct arena *arena)
{
	char *upper = arena_strdup(arena, title);

	for (char *p = upper; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	fprintf(out, ".\\\" SPDX-License-Identifier: MIT\n"
		".\\\" Printed by `meshctl __man%s%s` from its tables; change those.\n"
		".Dd " RELEASE_DATE "\n.Dt %s %d\n.Os\n.Sh NAME\n.Nm %s\n.Nd %s\n",
		*page ? " " : "", page, upper, section, title, summary);
}
