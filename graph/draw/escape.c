/* SPDX-License-Identifier: MIT */
/* escape.c - identifiers and labels of DOT out of untrusted text. */
#include "graph/draw/escape.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

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

const char *dot_label(struct arena *a, const char *text, bool lines)
{
	size_t len = strlen(text), used = 0;
	/* \ becomes \\, & becomes &amp;, and escaped bytes bring backslashes of their own. */
	char *out = arena_alloc(a, len * 8 + 1, 1);

	if (!strcmp(text, UNQUOTED))
		return "-&#46;";
	for (size_t i = 0; i < len;) {
		size_t end = i + strcspn(text + i, lines ? "\n" : "");
		const char *line = text_escape_bytes(a, text + i, end - i);

		for (; *line; line++) {
			if (*line == '&') {
				memcpy(out + used, "&amp;", 5);
				used += 5;
				continue;
			}
			if (*line == '\\')
				out[used++] = '\\';
			out[used++] = *line;
		}
		if (text[end] == '\n') {
			memcpy(out + used, "\\n", 2);
			used += 2;
			end++;
		}
		i = end;
	}
	return out;
}
