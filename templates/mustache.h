/* SPDX-License-Identifier: MIT */
/*
 * mustache.h - Mustache templates (mustache(5)) filled from JSON: variables, sections,
 * inverted sections, comments, partials, other delimiters.  No lambdas.  Where the
 * specification and the JavaScript implementation differ, it does as mustache.js 4
 * does, which the tests compare it with.
 */
#ifndef MESHCTL_TEMPLATES_MUSTACHE_H
#define MESHCTL_TEMPLATES_MUSTACHE_H

#include "base/arena.h"
#include "base/json_tree.h"

#include <stdio.h>

struct mustache_given {
	const struct json *data;
	/* The text of {{> name}}, which lives until rendering ends; NULL = there is none. */
	const char *(*partial)(void *ctx, const char *name);
	void *ctx;
};

/*
 * Renders into `out`.  `name` is for messages.  ERR_CONFIG "name:line: cause" for a
 * tag or section that is not closed, one that was not opened, and partials within
 * partials beyond MUSTACHE_DEEP.
 */
#define MUSTACHE_DEEP 64u
int mustache_render(const char *name, const char *text, const struct mustache_given *given,
		    FILE *out, struct err *err);

#endif
