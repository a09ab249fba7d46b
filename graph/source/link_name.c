/* SPDX-License-Identifier: MIT */
/*
 * link_name.c - package names from import paths, as goimports assumes them, and
 * a few habits more.
 */
#include "graph/source/link_name.h"

#include <string.h>

struct segment {
	const char *s;
	size_t len;
};

static struct segment last_segment(const char *path, size_t len)
{
	size_t from = len;

	while (from && path[from - 1] != '/')
		from--;
	return (struct segment){ path + from, len - from };
}

/* v2, v10 */
static bool is_version(struct segment g)
{
	size_t i = 1;

	while (i < g.len && g.s[i] >= '0' && g.s[i] <= '9')
		i++;
	return g.len > 1 && *g.s == 'v' && i == g.len;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

const char *import_assumed_name(const char *path, size_t len, size_t *ret_len)
{
	struct segment g = last_segment(path, len);

	if (is_version(g) && g.s > path + 1)
		g = last_segment(path, (size_t)(g.s - path) - 1);
	if (g.len > 3 && (!memcmp(g.s, "go-", 3) || !memcmp(g.s, "go.", 3)))
		g = (struct segment){ g.s + 3, g.len - 3 };
	size_t n = 0;

	while (n < g.len && is_name_byte(g.s[n]))
		n++;
	*ret_len = n ? n : g.len;
	return g.s;
}
