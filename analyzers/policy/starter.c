/* SPDX-License-Identifier: MIT */
/* starter.c - the rows of starters.def; the texts are templates/policy, made C by the Makefile. */
#include "analyzers/policy/starter.h"

#include <string.h>

#define STARTER(ident, n, l, s) \
	extern const unsigned char ident##_text[]; \
	extern const size_t ident##_len;
#include "analyzers/policy/starters.def"
#undef STARTER

size_t starter_text(enum starter_id id, const char **ret)
{
	switch (id) {
#define STARTER(ident, n, l, s) \
	case ident: \
		*ret = (const char *)ident##_text; \
		return ident##_len;
#include "analyzers/policy/starters.def"
#undef STARTER
	case STARTER_COUNT:
		break;
	}
	BUG("starter %d", (int)id);
}

const struct starter starter_rows[STARTER_COUNT] = {
#define STARTER(ident, n, l, s) \
	[ident] = { .name = n, .summary = s, .layout = l, .file = "starter " n },
#include "analyzers/policy/starters.def"
#undef STARTER
};

bool starter_find(const char *name, enum starter_id *ret)
{
	for (unsigned i = 0; i < STARTER_COUNT; i++)
		if (!strcmp(starter_rows[i].name, name)) {
			*ret = (enum starter_id)i;
			return true;
		}
	return false;
}
