/* SPDX-License-Identifier: MIT */
/*
 * finding.h - what an analysis found: a rule, a place, what it is about, and
 * words for a person.
 *
 * The fingerprint is 64-bit FNV-1a over rule id, from, to and symbol, each
 * followed by a zero byte; where there are edges, over rule id, symbol and the
 * ends of each edge.  No line numbers, no order, so that it survives moved lines
 * and thread counts.  Two findings with one fingerprint (two import lines of one
 * edge) are one finding with more places.  The short id is its first six hex
 * digits, more where two findings of a run would share them.
 */
#ifndef MESHCTL_FINDING_H
#define MESHCTL_FINDING_H

#include "analyzers/policy/rule.h"
#include "graph/source/source.h"

struct related {
	struct span at;
	const char *note;               /* "a/b -> c"; "" = another place of it */
	uint32_t lines;                 /* import lines like this one, with it; 0 = not counted */
};

struct finding_edge {
	const char *from, *to;          /* identities */
	struct span at;                 /* its first import line */
};

struct cut;                             /* graph/cut.h */

enum finding_state {
	FINDING_NEW,                    /* counts */
	FINDING_EXCEPTED,               /* by an exception of the policy */
	FINDING_IGNORED,                /* by a //meshctl:ignore comment */
	FINDING_BASELINED,
	FINDING_ELSEWHERE,              /* others own it than those that were asked for */
	FINDING_KNOWN,                  /* the tree that it is compared with has it too */
};
#define FINDING_STATES (FINDING_KNOWN + 1)
extern const char *const finding_state_name[FINDING_STATES];    /* "new" "excepted" ... */

struct finding {
	const struct rule *rule;
	enum severity severity;         /* after regrading */
	bool graded;                    /* by more than its rule: findings.level is in it */
	struct span at;                 /* always a path; line 0 where it has none */
	const char *from, *to;          /* identities of what it is about; "" = none */
	const char *symbol;             /* narrows from/to; "" = none */
	uint32_t amount;                /* that its cost counts: points, importers; added up */
	const char *message;            /* names the package, the fact, the limit */
	const char *why, *fix;          /* of this very case; NULL = the rule's */
	const struct related *related;  /* hops of a circle, other places */
	uint32_t nrelated;
	/*
	 * Of a knot: every edge inside it, by from, then to, which is what it is known
	 * by; and its cut, where one was looked for.  Neither is copied: they live as
	 * long as the findings.
	 */
	const struct finding_edge *edge;
	uint32_t nedges;
	const struct cut *cut;
	const char *owner;              /* "@order @platform"; NULL = nobody is named */
	/* What holds it back names it, or else its rule: "ADR 14 \"ports\""; NULL = nothing */
	const char *decision;
	enum finding_state state;
	/* ".meshctl.yaml:40", "x.go:3", the baseline, a commit; NULL = new */
	const char *held_by;
	uint32_t adr;                   /* the record that this names; 0 = none */
	uint64_t fingerprint;           /* set by finding_add */
	char short_id[17];              /* set by findings_finish */
};

struct findings {
	struct arena *arena;            /* owns the texts */
	struct finding *item;           /* FINDING_NEW, all of them */
	uint32_t count, cap;
	struct finding *held;           /* the others: told where asked for, never counted */
	uint32_t nheld, held_cap;
	uint64_t dropped;               /* beyond LIMIT_FINDINGS */
	/* of the policy: instead of what is added; SEV_OFF = none */
	enum severity level[RULE_COUNT];
	bool skip[RULE_COUNT];          /* rules that were not asked for: ignored by finding_add */
	uint32_t *slot, nslots;         /* by fingerprint; private */
};

uint64_t finding_fingerprint(const struct finding *f);
void findings_init(struct findings *f, struct arena *arena);
void findings_release(struct findings *f);
/*
 * Copies what it is given; unites it with an earlier finding of the same
 * fingerprint, whose place stays the first one.  Not after findings_finish().
 */
void finding_add(struct findings *f, const struct finding *found);
/* Moves what is no longer FINDING_NEW from item to held.  More may be added afterwards. */
void findings_part(struct findings *f);
/*
 * Sorts item and held (severity, path, line, column, rule, fingerprint) and gives
 * short ids, unique over both.
 */
void findings_finish(struct findings *f, const struct symtab *syms);
uint32_t findings_count(const struct findings *f, enum severity severity);

#endif
