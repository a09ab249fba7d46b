/* SPDX-License-Identifier: MIT */
/* frameworks.c - the rows of frameworks.def, and how many files of a tree import each. */
#include "analyzers/frameworks.h"
#include "graph/source/tree.h"

#include <string.h>

#define SHOWN 2u                        /* of those that serve, and of those that map */

struct framework { const char *path, *name; bool serves; };

static const struct framework frameworks[] = {
#define FRAMEWORK(path, name, serves) { path, name, serves },
#include "analyzers/frameworks.def"
#undef FRAMEWORK
};

#define FRAMEWORKS ((unsigned)ARRAY_SIZE(frameworks))

/* Its row, or FRAMEWORKS. */
static unsigned framework_of(const char *import_path)
{
	unsigned i = 0;

	while (i < FRAMEWORKS && !path_below(import_path, frameworks[i].path))
		i++;
	return i;
}

bool framework_serves(const char *import_path)
{
	unsigned i = framework_of(import_path);

	return i < FRAMEWORKS ? frameworks[i].serves : path_below(import_path, "net/http") != NULL;
}

/* Import lines of each name: two rows of one name are one framework. */
static void count_imports(const struct source *s, uint32_t count[FRAMEWORKS])
{
	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (file->flags & (FILE_TEST | FILE_HIDDEN) || !file->configs)
			continue;
		for (uint32_t i = 0; i < file->nimports; i++) {
			sym_id path = s->import[file->import_first + i].path;
			unsigned row = framework_of(sym_text(s->syms, path));

			for (unsigned k = 0; row < FRAMEWORKS && k <= row; k++)
				if (!strcmp(frameworks[k].name, frameworks[row].name)) {
					count[k]++;
					break;
				}
		}
	}
}

const char *frameworks_text(const struct source *s, struct arena *arena)
{
	uint32_t count[ARRAY_SIZE(frameworks)] = { 0 };
	const char *text = "";

	count_imports(s, count);
	for (unsigned n = 0; n < 2 * SHOWN; n++) {
		unsigned best = FRAMEWORKS;

		for (unsigned i = 0; i < FRAMEWORKS; i++)
			if (frameworks[i].serves == (n < SHOWN) && count[i] &&
			    (best == FRAMEWORKS || count[i] > count[best]))
				best = i;
		if (best == FRAMEWORKS)
			continue;
		text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
				    frameworks[best].name);
		count[best] = 0;
	}
	return text;
}
