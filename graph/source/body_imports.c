/* SPDX-License-Identifier: MIT */
/* body_imports.c - import declarations of the tree, looked up by name. */
#include "graph/source/body_imports.h"
#include "base/limits.h"
#include "graph/source/body_tree.h"
#include "graph/source/link_name.h"

#include <string.h>

static void add_import(struct own_imports *x, const struct syntax *s, uint32_t spec,
		       struct arena *arena)
{
	const struct syn *syn = s->syn;
	uint32_t name = syntax_child(s, spec, FIELD_NAME);
	uint32_t path = syntax_child(s, spec, FIELD_PATH);
	struct own_import im = { 0 };

	if (!path || syn[path].end - syn[path].start < 3)
		return;
	im.path = s->bytes + syn[path].start + 1;
	im.path_len = syn[path].end - syn[path].start - 2;
	if (name && syn[name].kind == SYN_PACKAGE_IDENTIFIER) {
		im.name = s->bytes + syn[name].start;
		im.name_len = syn[name].end - syn[name].start;
	} else if (name) {
		return;
	}
	SCRATCH_RESERVE(arena, x->item, x->count, x->cap, x->count + 1);
	x->item[x->count++] = im;
}

void imports_read(struct own_imports *x, const struct syntax *s, struct arena *arena)
{
	*x = (struct own_imports){ .steps = limit_of(LIMIT_NAME_STEPS) };
	for (uint32_t d = 1; d < s->nsyn; d = s->syn[d].next) {
		if (s->syn[d].kind != SYN_IMPORT_DECLARATION)
			continue;
		for (uint32_t i = d + 1; i < s->syn[d].next; i++)
			if (s->syn[i].kind == SYN_IMPORT_SPEC)
				add_import(x, s, i, arena);
	}
}

const struct own_import *imports_find(struct own_imports *x, const char *name, size_t len)
{
	const struct own_import *found = NULL;
	enum name_fit best = FIT_NONE;

	if (x->steps < x->count)
		return NULL;
	x->steps -= x->count;
	for (uint32_t i = 0; i < x->count; i++) {
		const struct own_import *im = &x->item[i];

		if (im->name && im->name_len == len && !memcmp(im->name, name, len))
			return im;
		if (im->name)
			continue;
		enum name_fit fit = import_name_fit(im->path, im->path_len, name, len);

		if (fit && fit >= best) {
			found = fit == best ? NULL : im;
			best = fit;
		}
	}
	return found;
}
