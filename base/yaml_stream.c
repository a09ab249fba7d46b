/* SPDX-License-Identifier: MIT */
/* yaml_stream.c - cutting a file into its documents, so that a bad one costs only itself. */
#include "base/yaml.h"

#include <string.h>

/* "---" or "..." alone, or with a space behind it, at the beginning of a line. */
static bool is_marker(const char *line, size_t len, char c)
{
	return len >= 3 && line[0] == c && line[1] == c && line[2] == c &&
	       (len == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r');
}

/* Is there more in this line than a comment, a directive or a bare marker? */
static bool says_something(const char *line, size_t len)
{
	size_t at = is_marker(line, len, '-') || is_marker(line, len, '.') ? 3 : 0;

	if (!at && len && line[0] == '%')
		return false;
	while (at < len && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r'))
		at++;
	return at < len && line[at] != '#';
}

bool yaml_next_part(struct yaml_stream *s, struct yaml_part *ret)
{
	bool content = false;

	*ret = (struct yaml_part){ .bytes = s->bytes + s->at, .line = s->line };
	while (s->at < s->len) {
		const char *line = s->bytes + s->at;
		const char *end = memchr(line, '\n', s->len - s->at);
		size_t len = end ? (size_t)(end - line) : s->len - s->at;

		if (is_marker(line, len, '-') || is_marker(line, len, '.')) {
			if (content)
				break;
			/* What came before said nothing, and would be a document of its own. */
			*ret = (struct yaml_part){ .bytes = line, .line = s->line };
			if (is_marker(line, len, '.'))
				*ret = (struct yaml_part){
					.bytes = line + len + (end != NULL), .line = s->line + 1,
				};
		}
		content |= says_something(line, len) && !is_marker(line, len, '.');
		s->at += len + (end != NULL);
		s->line += end != NULL;
	}
	ret->len = (size_t)(s->bytes + s->at - ret->bytes);
	return content;
}
