/* SPDX-License-Identifier: MIT */
/*
 * baseline.h - the accepted findings: a file of JSON Lines that is committed,
 * merged line by line (merge=union) and can only shrink by itself.
 *
 * The first line is {"meshctl":"baseline","version":1}; every other is one
 * accepted fact: rule (its id), from, to, symbol as in struct finding, without
 * line numbers, then what people add: reason, owner, adr, expires.  A finding
 * with edges (a knot) is one line an edge: symbol is its level, from and to the
 * edge's ends; it is accepted when all its edges are, so that a knot that shrinks
 * or splits never is new.  Lines are sorted; unknown members are kept.
 */
#ifndef MESHCTL_BASELINE_H
#define MESHCTL_BASELINE_H

#include "analyzers/policy/finding.h"
#include "base/err.h"

struct baseline_entry {
	const char *rule;               /* "MC201" as written: of a rule that is unknown too */
	const char *from, *to, *symbol; /* "" = none */
	const char *reason, *owner, *expires;   /* NULL = not given */
	uint32_t adr;                   /* 0 = none */
	int64_t end;                    /* expires: the first second after that day; INT64_MAX = never */
	const char *rest;               /* unknown members as JSON text without braces; NULL = none */
	uint32_t line;                  /* in the file; 0 = added in this run */
	bool matched;                   /* set by baseline_match() */
};

struct baseline {
	const char *path;               /* as the user may type it */
	struct baseline_entry *entry;   /* sorted, each identity once */
	uint32_t nentries;
	uint32_t *slot, nslots;         /* by identity; private */
};

/*
 * Reads the text of a baseline.  ERR_CONFIG names file:line and what is wrong:
 * not JSON, not a baseline, a newer version, a line without a rule.
 */
int baseline_read(const char *path, const char *bytes, size_t len, struct arena *arena,
		  struct baseline **ret, struct err *err);

enum baseline_verdict {
	BASELINE_NEW,                   /* not in it, or an edge of it is not */
	BASELINE_HELD,
	BASELINE_EXPIRED,               /* in it, but its day has passed */
};
/* Marks the entries that the finding is made of.  `now` in seconds, UTC. */
enum baseline_verdict baseline_match(struct baseline *b, const struct finding *f, int64_t now);

/*
 * Writes it through a temporary file, fsync and rename, under a lock file's
 * protection, so that two writers cannot tear it.  Refuses (ERR_CONFIG) to
 * replace a file that baseline_read() would refuse.
 */
int baseline_write(const struct baseline *b, struct err *err);

#endif
