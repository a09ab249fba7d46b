/* SPDX-License-Identifier: MIT */
/* escape.c - identifiers and labels of DOT and Mermaid out of untrusted text. */
#include "graph/draw/escape.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* libcgraph (2.42 at least) writes this as a number, without quotes, and nothing can read it. */
#define UNQUOTED "-."

const char *dot_id(struct arena *a, const char *text)
{
	size_t len = strlen(text), used = 0;
	char *out = arena_alloc(a, len * 3 + 2, 1);
	uint32_t point;

	if (!strcmp(text, UNQUOTED))
		return "-=2E";
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(text + i, len - i, &point);
		bool plain = point != UTF8_INVALID && !text_is_hostile(point) &&
			     !(point < 0x80 && strchr("\"%<=>\\", (int)point));

		for (size_t k = 0; k < n; k++) {
			if (plain)
				out[used++] = text[i + k];
			else
				used += (size_t)snprintf(out + used, 4, "=%02X",
							 (unsigned char)text[i + k]);
		}
		i += n;
	}
	if (!used)
		out[used++] = '=';
	return out;
}

/* Appends one line of text; `backslash` stands for \. */
static size_t append(char *out, const char *line, const char *backslash)
{
	size_t used = 0;

	for (; *line; line++) {
		const char *as = *line == '&' ? "&amp;" : *line == '\\' ? backslash : NULL;
		size_t n = as ? strlen(as) : 1;

		memcpy(out + used, as ? as : line, n);
		used += n;
	}
	out[used] = '\0';
	return used;
}

/* One byte becomes \x.. at most, each of whose backslashes may take three: 6; & takes 5. */
#define GROWTH 6

const char *dot_label(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, strlen(text) * GROWTH + 1, 1);

	if (!strcmp(text, UNQUOTED))
		return "-&#46;";
	append(out, text_escape(a, text), "\\\\");
	return out;
}

const char *dot_tooltip(struct arena *a, const char *text)
{
	size_t used = 0;
	char *out = arena_alloc(a, strlen(text) * GROWTH + 1, 1);

	if (!strcmp(text, UNQUOTED))
		return "-&#46;";
	for (;;) {
		size_t len = strcspn(text, "\n");

		used += append(out + used, text_escape_bytes(a, text, len), "\xe2\xa7\xb5");
		if (!text[len])
			return out;
		out[used++] = '\\';
		out[used++] = 'n';
		text += len + 1;
	}
}

static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

const char *xml_text(struct arena *a, const char *text)
{
	const char *clean = text_escape(a, text);
	size_t len = strlen(clean), used = 0;
	char *out = arena_alloc(a, len * GROWTH + 1, 1);

	for (size_t i = 0; i < len; i++) {
		const char *as = entity(clean[i]);

		/* U+FFFE and U+FFFF are characters, but not in XML. */
		if (len - i >= 3 && !memcmp(clean + i, "\xef\xbf", 2) &&
		    (unsigned char)clean[i + 2] >= 0xbe) {
			as = clean[i + 2] == '\xbe' ? "\\ufffe" : "\\uffff";
			i += 2;
		}
		if (!as)
			out[used++] = clean[i];
		else
			used += (size_t)snprintf(out + used, GROWTH + 1, "%s", as);
	}
	out[used] = '\0';
	return out;
}

/*
 * Labels go through a reader of Markdown and of HTML, names of icons and links are
 * found in them, and %%{ begins a directive wherever it stands.
 */
static bool mermaid_plain(const char *begin, const char *p)
{
	unsigned char c = (unsigned char)*p, before = p > begin ? (unsigned char)p[-1] : ' ';

	if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return true;
	/* A list, a number of one. */
	if (c >= '0' && c <= '9')
		return p > begin;
	if (c == ' ' || c == ',' || c == '/')
		return true;
	if (c == '-')
		return before != ' ' && before != '-';
	if (c == '_')
		return !strchr(" _/", before) && p[1] && !strchr("_/", p[1]);
	return c == '.' && !(p - begin >= 3 && !strncasecmp(p - 3, "www", 3));
}

const char *mermaid_label(struct arena *a, const char *text)
{
	const char *clean = text_escape(a, *text ? text : " ");
	char *out = arena_alloc(a, strlen(clean) * 6 + 1, 1);
	size_t used = 0;

	for (const char *p = clean; *p; p++) {
		if (mermaid_plain(clean, p))
			out[used++] = *p;
		else if (*p == '"')
			used += (size_t)snprintf(out + used, 7, "#quot;");
		else
			used += (size_t)snprintf(out + used, 6, "#%u;", (unsigned char)*p);
	}
	out[used] = '\0';
	return out;
}
