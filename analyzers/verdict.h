/* SPDX-License-Identifier: MIT */
/*
 * verdict.h - what Go and the policy say of one import, whether somebody wrote it
 * or not: everybody who has a say, with the line that decides.  The analyses find
 * what is wrong in a tree; this answers for a single pair, allowed or not.
 */
#ifndef MESHCTL_VERDICT_H
#define MESHCTL_VERDICT_H

#include "analyzers/analyzer.h"
#include "analyzers/leaving.h"

enum verdict_about {
	ABOUT_GO,                       /* would the go command build it? */
	ABOUT_LAYERS,                   /* the pair of layers */
	ABOUT_CONTEXTS,                 /* the pair of contexts */
	ABOUT_PUBLISHED,                /* is it what the other context publishes? */
	ABOUT_OUTSIDE,                  /* other modules and the standard library, by layer */
	ABOUT_THROUGH,                  /* the same of what it would bring along */
	ABOUTS
};
extern const char *const verdict_about_name[ABOUTS];    /* "layers" */

enum verdict_says {
	SAYS_NOTHING,                   /* not judged: `text` says why */
	SAYS_YES,
	SAYS_WARN,
	SAYS_NO,
};
extern const char *const verdict_word[SAYS_NO + 1];     /* "allowed", "not judged" */

struct verdict_line {
	enum verdict_about about;
	enum verdict_says says;
	const char *text;               /* "service -> router" */
	const char *by;                 /* "x.yaml:3 service uses [dao]"; NULL = nobody wrote it */
	const struct rule *rule;        /* that reports it; NULL unless it warns or forbids */
	const char *to;                 /* what a finding names instead of the package; NULL = it */
	bool off;                       /* its rule is off: it does not count */
	const char *fix;                /* of this very case; NULL = the rule's */
};

struct verdict {
	/* The worst of what counts; what Go says only when it refuses. */
	enum verdict_says says;
	struct verdict_line line[ABOUTS];       /* by about */
	uint32_t nlines;
};

struct verdicts {
	const struct analysis *a;       /* symbols are needed with a mapping */
	struct arena *arena;
	uint8_t *port;                  /* [ndirs] enum port_known; private */
	struct leaving leaving;         /* listed when first wanted */
	bool listed;
};

/* All texts live in the arena. */
void verdicts_init(struct verdicts *v, const struct analysis *a, struct arena *arena);
/* Between two packages of the tree; `test`: only test files import it. */
int verdict_inside(struct verdicts *v, uint32_t from, uint32_t to, bool test, struct verdict *ret,
		   struct err *err);
/* Of an import path that is not in the tree. */
void verdict_outside(struct verdicts *v, uint32_t from, const char *path, bool std,
		     struct verdict *ret);
/* The line that the verdict is for, or NULL. */
const struct verdict_line *verdict_decides(const struct verdict *v);
/* What leaves the tree. */
const struct leaving *verdict_leaving(struct verdicts *v);

#endif
