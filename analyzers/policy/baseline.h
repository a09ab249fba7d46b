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
 * or splits never is new.  Lines are sorted; unknown members are kept.  What is
 * not UTF-8 in a name is U+FFFD in the file, and is found again by that.
 */
#ifndef MESHCTL_BASELINE_H
#define MESHCTL_BASELINE_H

#include "analyzers/policy/finding.h"
#include "base/err.h"

#define BASELINE_FILE ".meshctl-baseline.jsonl"

struct baseline_entry {
	const char *rule;               /* "MC201"; as written of a rule that is unknown */
	const char *from, *to, *symbol; /* "" = none */
	const char *reason, *owner, *expires;   /* NULL = not given */
	uint32_t adr;                   /* 0 = none */
	int64_t end;                    /* the first second after `expires`; INT64_MAX = never */
	const char *rest;               /* unknown members, JSON without braces; NULL = none */
	uint32_t line;                  /* in the file; 0 = added in this run */
	bool matched;                   /* set by baseline_match() */
};

struct baseline {
	const char *path;               /* as the user may type it */
	struct arena *arena;
	struct baseline_entry *entry;   /* sorted, each identity once */
	uint32_t nentries;
	uint32_t *slot, nslots;         /* by identity; private */
};

/*
 * Reads the text of a baseline, which may go away afterwards.  ERR_CONFIG names
 * file:line and what is wrong: not JSON, not a baseline, a newer version, a line
 * without a rule, a merge conflict.  Where a merge left two lines of one identity
 * the one that expires first counts, with what only others say.
 */
int baseline_read(const char *path, const char *bytes, size_t len, struct arena *arena,
		  struct baseline **ret, struct err *err);

/* The entry of this identity, or NULL. */
struct baseline_entry *baseline_find(const struct baseline *b, const char *rule, const char *from,
				     const char *to, const char *symbol);
/* The lines that a finding is: one, or one an edge.  They live in the arena. */
uint32_t baseline_lines(const struct finding *f, struct arena *arena,
			struct baseline_entry **ret);

enum baseline_verdict {
	BASELINE_NEW,                   /* not in it, or an edge of it is not */
	BASELINE_HELD,
	BASELINE_EXPIRED,               /* in it, but its day has passed */
};
/* Marks the entries that the finding is made of.  `now` in seconds, UTC. */
enum baseline_verdict baseline_match(struct baseline *b, const struct finding *f, int64_t now);

/* What baseline_write() writes, in the order of entry; the caller frees.  No NUL behind it. */
char *baseline_text(const struct baseline *b, size_t *ret_len);
/*
 * Writes it, as base/replace.h does.  Refuses (ERR_CONFIG) to replace a file that
 * baseline_read() would refuse.  entry need not be sorted.
 */
int baseline_write(const struct baseline *b, struct err *err);

/* Lines that go and lines that come. */
struct baseline_edit {
	const struct baseline_entry *remove;    /* by identity; one that is gone is fine */
	/* Where there is one of this identity, what is given here replaces what it says. */
	const struct baseline_entry *add;
	uint32_t nremove, nadd;
};
struct baseline_edited { uint32_t removed, added, changed, entries; };
/*
 * Reads the file again under the lock, so that nothing is lost that others wrote
 * meanwhile, and writes it.  A file that is not there is made if `may_create`.
 */
int baseline_edit(const char *path, const struct baseline_edit *edit, bool may_create,
		  struct baseline_edited *ret, struct err *err);

/* Sorts and unites entries of one identity, and makes them findable. */
void baseline_index(struct baseline *b);

#endif
