/* SPDX-License-Identifier: MIT */
/*
 * baseline_verbs.h - what `meshctl baseline` does, a row and a function each, and
 * what they share: the tree judged, findings and entries settled.
 */
#ifndef MESHCTL_BASELINE_VERBS_H
#define MESHCTL_BASELINE_VERBS_H

#include "cmd/judge.h"
#include "cmd/output.h"

struct verb {
	const char *name;
	const char *operands;           /* behind its name; for messages */
	int max_operands, min_operands; /* behind its name */
	opt_set options;                /* of those that not all verbs take */
	bool may_miss;                  /* there need not be a baseline yet */
	/* run->operand[0] is the first behind the name.  As command.run. */
	int (*run)(struct run *run, struct judge *j, struct err *err);
};

extern const struct verb verb_status, verb_update, verb_add;

/* "internal-import 'a' -> 'b'", escaped. */
const char *baseline_entry_words(const struct baseline_entry *e, struct arena *arena);
/* rule, from, to, symbol and what people added. */
struct json *baseline_entry_json(const struct baseline_entry *e);

#endif
