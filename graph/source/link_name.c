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

/* v2, v10: of a module.  v1 and v0 are none: they name packages, as in k8s.io/api/core/v1. */
static bool is_version(struct segment g)
{
	size_t i = 1;

	while (i < g.len && g.s[i] >= '0' && g.s[i] <= '9')
		i++;
	return g.len > 1 && *g.s == 'v' && i == g.len &&
	       !(g.len == 2 && (g.s[1] == '0' || g.s[1] == '1'));
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

static bool is_word(char c)
{
	return is_name_byte(c) && c != '_';
}

bool import_sounds_like(const char *path, size_t path_len, const char *name, size_t len)
{
	for (size_t from = 0; from < path_len; from++) {
		size_t p = from, n = 0;

		if (!is_word(path[from]) || (from && is_word(path[from - 1])))
			continue;
		while (n < len && p < path_len) {
			if (path[p] == name[n]) {
				n++;
				p++;
			} else if (name[n] == '_') {
				n++;
			} else if (!is_word(path[p])) {
				p++;
			} else {
				break;
			}
		}
		if (n == len && (p == path_len || !is_word(path[p])))
			return true;
	}
	return false;
}
