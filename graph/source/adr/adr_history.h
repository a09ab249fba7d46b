/* SPDX-License-Identifier: MIT */
/* adr_history.h - decision records as they were when they were first accepted. */
#ifndef MESHCTL_ADR_HISTORY_H
#define MESHCTL_ADR_HISTORY_H

#include "graph/source/adr/adr.h"
#include "graph/source/source.h"

struct adr_accepted {
	bool known;                     /* git has a version of the file that is accepted */
	uint64_t substance;             /* of the first one */
	const char *commit;             /* its full id */
};

/*
 * For each record (arrays are parallel to a->item): back from source.rev along first
 * parents, as long as the file of this name is there.  What git does not know, or
 * lies beyond LIMIT_RENAME_COMMITS, is not known.
 */
const struct adr_accepted *adrs_accepted(const struct source *s, const struct adrs *a,
					 struct arena *arena);

#endif
