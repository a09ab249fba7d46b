/* SPDX-License-Identifier: MIT */
/* chart_images.c - looks for `image:` in the lines of templates. */
#include "graph/source/manifests/chart_images.h"

#include <string.h>

static size_t skip(const char *line, size_t len, size_t i, const char *set)
{
	while (i < len && strchr(set, line[i]))
		i++;
	return i;
}

/* Where the value behind `image:` begins; 0 = it is no such line. */
static size_t value_of(const char *line, size_t len)
{
	static const char key[] = "image:";
	size_t i = skip(line, len, 0, " -");

	if (len - i < sizeof(key) || memcmp(line + i, key, sizeof(key) - 1) != 0)
		return 0;
	return skip(line, len, i + sizeof(key) - 1, " ");
}

static bool is_literal(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == '{' || text[i] == '$' || (unsigned char)text[i] < ' ')
			return false;
	return len != 0;
}

bool chart_image_next(const char *bytes, size_t len, size_t *at, uint32_t *line,
		      struct arena *arena, struct chart_image *ret)
{
	while (*at < len) {
		const char *text = bytes + *at, *end = memchr(text, '\n', len - *at);
		size_t n = end ? (size_t)(end - text) : len - *at, from = value_of(text, n), to;
		uint32_t own = (*line)++;

		*at += n + (end != NULL);
		if (!from || from >= n)
			continue;
		from += text[from] == '"' || text[from] == '\'';
		for (to = from; to < n && !strchr(" \t\r\"'#", text[to]); to++)
			;
		if (!is_literal(text + from, to - from))
			continue;
		*ret = (struct chart_image){
			.text = arena_strndup(arena, text + from, to - from), .line = own,
			.col = (uint32_t)from + 1, .end_col = (uint32_t)to + 1,
		};
		return true;
	}
	return false;
}
