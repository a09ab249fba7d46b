/* SPDX-License-Identifier: MIT */
/* link_name.c - package names and import paths, by the habits of Go. */
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

/* A byte of an identifier but '_'. */
static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

static bool equal(struct segment g, const char *name, size_t len)
{
	return g.len == len && !memcmp(g.s, name, len);
}

/* golang.org/x/tools/internal/imports.ImportPathToAssumedName */
static struct segment assumed(struct segment g)
{
	size_t n = 0;

	if (g.len > 3 && (!memcmp(g.s, "go-", 3) || !memcmp(g.s, "go.", 3)))
		g = (struct segment){ g.s + 3, g.len - 3 };
	while (n < g.len && (is_word(g.s[n]) || g.s[n] == '_'))
		n++;
	g.len = n;
	return g;
}

/* Do the words that begin at `at` make up the name?  Its _ stand for anything between words. */
static bool words_are(const char *path, size_t path_len, size_t at, const char *name, size_t len)
{
	size_t n = 0;

	while (n < len && at < path_len) {
		if (path[at] == name[n]) {
			n++;
			at++;
		} else if (name[n] == '_') {
			n++;
		} else if (!is_word(path[at])) {
			at++;
		} else {
			return false;
		}
	}
	return n == len && (at == path_len || !is_word(path[at]));
}

enum name_fit import_name_fit(const char *path, size_t path_len, const char *name, size_t len)
{
	struct segment g = last_segment(path, path_len);

	if (equal(g, name, len))
		return FIT_SEGMENT;
	if (is_version(g) && g.s > path + 1)
		g = last_segment(path, (size_t)(g.s - path) - 1);
	if (equal(g, name, len))
		return FIT_SEGMENT;
	if (equal(assumed(g), name, len))
		return FIT_ASSUMED;
	for (size_t at = 0; at < path_len; at++)
		if (is_word(path[at]) && (!at || !is_word(path[at - 1])) &&
		    words_are(path, path_len, at, name, len))
			return FIT_WORDS;
	return FIT_NONE;
}
