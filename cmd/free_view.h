/* SPDX-License-Identifier: MIT */
/* free_view.h - the FREE block of analyze: packages that the compiler could guard. */
#ifndef MESHCTL_FREE_VIEW_H
#define MESHCTL_FREE_VIEW_H

#include "cmd/report/report.h"

/*
 * Nothing without findings of the rule.  A sentence that ends in `command`, or
 * the best of them as a table, all with r->all.
 */
void free_block(const struct report *r, FILE *out, bool table, const char *command,
		struct arena *a);

#endif
