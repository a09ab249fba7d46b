/* SPDX-License-Identifier: MIT */
/* reporters.c - the list of formats that findings are printed in. */
#include "cmd/report/reporters.h"

#include <string.h>

const struct reporter *const reporters[] = { &reporter_text, &reporter_json };
const unsigned nreporters = ARRAY_SIZE(reporters);

const struct reporter *reporter_find(const char *name)
{
	for (unsigned i = 0; i < nreporters; i++)
		if (!strcmp(reporters[i]->name, name))
			return reporters[i];
	return NULL;
}
