/* SPDX-License-Identifier: MIT */
/* std.c - looks into the table of the standard library. */
#include "analyzers/std.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define EDITS_MAX 2u

static const char *const packages[] = {
#define STD(path) path,
#include "analyzers/std.def"
#undef STD
};

static int compare(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

bool std_has(const char *path)
{
	return bsearch(path, packages, ARRAY_SIZE(packages), sizeof(*packages), compare);
}

const char *std_path(uint32_t number)
{
	return number < ARRAY_SIZE(packages) ? packages[number] : NULL;
}

const char *std_nearest(const char *path)
{
	const char *best = NULL, *namesake = NULL;
	size_t fewest = EDITS_MAX + 1;

	for (size_t i = 0; i < ARRAY_SIZE(packages); i++) {
		size_t edits = text_distance(path, packages[i], EDITS_MAX);
		const char *slash = strrchr(packages[i], '/');

		if (edits < fewest) {
			fewest = edits;
			best = packages[i];
		}
		if (!namesake && slash && !strcmp(slash + 1, path))
			namesake = packages[i];
	}
	/* A short name that differs in two letters is another name. */
	return best && fewest * 3 < strlen(path) ? best : namesake;
}
