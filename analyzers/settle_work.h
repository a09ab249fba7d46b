/* SPDX-License-Identifier: MIT */
/* settle_work.h - the state of one findings_settle(): shared by settle*.c only. */
#ifndef MESHCTL_SETTLE_WORK_H
#define MESHCTL_SETTLE_WORK_H

#include "analyzers/ignore.h"
#include "analyzers/settle.h"

enum used { USED_NOT, USED_EXPIRED, USED_HOLDS };

struct settle {
	const struct settlement *s;
	const struct policy *policy;
	const struct source *source;
	struct findings *f;
	struct arena *arena;            /* scratch */
	struct settled *ret;
	uint32_t *node;                 /* [source.syms.count at its making] package + 1 */
	uint32_t nnodes;
	enum used *exception;           /* [policy.nexceptions] */
	struct ignores ignores;
	struct settled_entry *entry;
	uint32_t *broken, nbroken;      /* folders with files not understood; NULL = none */
	bool some_new;                  /* a finding remains */
};

/* Entries under their folders' old names. */
void settle_renamed(struct settle *w);
/* Findings about what holds nothing; counts in ret. */
void settle_tell(struct settle *w);

#endif
