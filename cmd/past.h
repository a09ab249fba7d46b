/* SPDX-License-Identifier: MIT */
/*
 * past.h - old commits of a branch, read from the object database and judged by today's
 * policy: what `history trend` and `history blame` share.  A commit is judged once; what
 * the commit before it had as well is not read again.
 */
#ifndef MESHCTL_PAST_H
#define MESHCTL_PAST_H

#include "analyzers/trend.h"
#include "cmd/judge.h"
#include "graph/source/mainline.h"

enum past_state {
	PAST_KNOWN,
	PAST_EMPTY,                     /* no Go in it, or not what PATTERN names */
	PAST_BROKEN,                    /* cannot be read, or not as a whole: `why` */
	PAST_BEFORE,                    /* of points in time alone: before the first commit */
};

enum past_debt {
	PAST_NO_DEBT,
	PAST_WITH_DEBT,                 /* each commit is judged a second time, for its debt */
	PAST_BY_DEBT,                   /* once, and only for it: findings are those that cost */
};

struct past_point {
	enum past_state state;
	const char *why;
	double value[TREND_COUNT];      /* NAN unless known and defined */
};

struct past_tree {                      /* one commit, judged */
	struct arena arena;
	struct judge judge;
	uint32_t commit;                /* of the line; ID_NONE = nothing */
	struct rule_set *priced;        /* judged by these, for what they cost; or NULL */
	bool open;
};

struct past {
	const struct run *run;
	struct settings set;            /* of the run, for a commit */
	struct session today;           /* the policy, no tree */
	struct progress *progress;
	struct mainline line;
	const struct past_point **point;/* [line.count] NULL = not judged yet */
	bool *touches;                  /* [line.count] see mainline.h; NULL until asked for */
	enum past_debt debt;            /* may be set before the first commit is judged */
	struct past_tree tree[2];
	unsigned last;                  /* of tree: the one that was judged last */
	struct level level;             /* as struct trend_tree */
	bool has_level;
	uint32_t judged, files;         /* commits; Go files in them */
	const char *module;             /* of the first one that was judged; NULL = none was */
};

/*
 * The line from --rev (else HEAD) back to `since`, as date_since() reads it, before --now or
 * else the date of that commit.  To be released whatever it returns.
 */
int past_open(const struct run *run, const char *since, struct past *ret, struct err *err);
/* Why nothing is known of the time before the line; NULL: there was nothing, or enough is. */
const char *past_why_before(const struct past *p);
/* In the run's arena.  -1 only where nothing can go on. */
int past_judge(struct past *p, uint32_t commit, const struct past_point **ret, struct err *err);
/* Fills .touches. */
void past_touches(struct past *p);
/*
 * Many of them, the youngest first and each once: what past_judge() says of them one
 * after the other, in two processes where --jobs allows.
 */
int past_judge_all(struct past *p, const uint32_t *commit, uint32_t count, struct err *err);
/* The commit, or an older one with the same Go, which has its numbers. */
uint32_t past_same(struct past *p, uint32_t commit);
/* The same where the numbers of a commit that touches no Go are those of the one before. */
int past_judge_line(struct past *p, uint32_t commit, const struct past_point **ret,
		    struct err *err);
/*
 * Two commits with all that was found in them, until the next call of past_*; false where
 * one of them is not known.
 */
bool past_pair(struct past *p, uint32_t young, uint32_t old, struct past_tree **ret_young,
	       struct past_tree **ret_old);
void past_release(struct past *p);

#endif
