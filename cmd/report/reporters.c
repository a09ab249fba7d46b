/* SPDX-License-Identifier: MIT */
/* reporters.c - the list of formats that findings are printed in. */
#include "cmd/report/reporters.h"

#include <string.h>

const struct reporter *const reporters[] = {
#define REPORTER(name) &reporter_##name,
#include "cmd/report/reporters.def"
#undef REPORTER
};
const unsigned nreporters = ARRAY_SIZE(reporters);

const char *const reporter_names[] = {
#define REPORTER(name) #name,
#include "cmd/report/reporters.def"
#undef REPORTER
	NULL
};

const struct reporter *reporter_find(const char *name)
{
	for (unsigned i = 0; i < nreporters; i++)
		if (!strcmp(reporters[i]->name, name))
			return reporters[i];
	return NULL;
}
