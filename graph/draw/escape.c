/* SPDX-License-Identifier: MIT */
/* escape.c - identifiers and labels of DOT, XML and Mermaid out of untrusted text. */
#include "graph/draw/escape.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* libcgraph (2.42 at least) writes this as a number, without quotes, and nothing can read it. */
#define UNQUOTED "-."

/* libcgraph (2.42) reads 16 KB in one piece: of a longer name, its beginning and a sum. */
#define ID_BYTES 1024u

static const char *shortened(struct arena *a, char *id, const char *text)
{
	size_t cut = ID_BYTES;

	while (cut && ((unsigned char)id[cut] & 0xc0) == 0x80)
		cut--;
	return arena_printf(a, "%.*s==%016" PRIx64, (int)cut, id,
			    hash_bytes(HASH_INIT, text, strlen(text)));
}

/* Characters that XML cannot hold, by their last byte behind EF BF; else NULL. */
static const char *beyond_xml(const char *at)
{
	if (memcmp(at, "\xef\xbf", 2) != 0)
		return NULL;
	return at[2] == '\xbe' ? "\\ufffe" : at[2] == '\xbf' ? "\\uffff" : NULL;
}

/* Text that a terminal, and XML, can take. */
static const char *visible(struct arena *a, const char *text, size_t len)
{
	const char *clean = text_escape_bytes(a, text, len);
	size_t used = 0, end = strlen(clean);
	char *out = arena_alloc(a, end * 2 + 1, 1);

	for (size_t i = 0; i < end; i++) {
		const char *as = end - i >= 3 ? beyond_xml(clean + i) : NULL;

		if (!as) {
			out[used++] = clean[i];
			continue;
		}
		memcpy(out + used, as, strlen(as));
		used += strlen(as);
		i += 2;
	}
	out[used] = '\0';
	return out;
}

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
			     point != 0xfffe && point != 0xffff &&
			     !(point < 0x80 && strchr("\"%&<=>\\", (int)point));

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
	return used > ID_BYTES ? shortened(a, out, text) : out;
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

/* Columns of a line of a tooltip. */
#define TOOLTIP_COLUMNS 500u

const char *dot_tooltip(struct arena *a, const char *text)
{
	size_t used = 0;
	/* And of each line the ellipsis. */
	char *out = arena_alloc(a, strlen(text) * GROWTH + GROWTH, 1);

	if (!strcmp(text, UNQUOTED))
		return "-&#46;";
	for (;;) {
		size_t len = strcspn(text, "\n");

		used += append(out + used, text_cut(a, visible(a, text, len), TOOLTIP_COLUMNS),
			       "\xe2\xa7\xb5");
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
	const char *clean = visible(a, text, strlen(text));
	size_t len = strlen(clean), used = 0;
	char *out = arena_alloc(a, len * GROWTH + 1, 1);

	for (size_t i = 0; i < len; i++) {
		const char *as = entity(clean[i]);

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
