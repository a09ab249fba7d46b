/* SPDX-License-Identifier: MIT */
/*
 * trend.h - the numbers that are followed through the history of a tree, as rows of
 * trends.def.  All of them are of one tree, judged; nothing here knows of time.
 */
#ifndef MESHCTL_TREND_H
#define MESHCTL_TREND_H

#include "analyzers/gate.h"
#include "graph/metrics.h"

enum trend_id {
#define TREND(ident, id, title, unit, decimals, direction, function, meaning) ident,
#include "analyzers/trends.def"
#undef TREND
	TREND_COUNT
};

struct trend_tree {
	struct gate_tree tree;
	struct graph_metrics numbers;
	/* Where circles between folders are counted, the same in all trees of one history. */
	struct level level;
	bool has_level;                 /* false: no tree that was seen has such circles */
};

struct trend {
	const char *id;                 /* "cut": the column of CSV, the key of JSON, for blame */
	const char *title, *unit, *meaning;
	unsigned decimals;
	int direction;                  /* 1: more is worse; -1: less is; 0: neither */
	/* NAN where it is not defined. */
	int (*of)(const struct trend_tree *t, struct arena *arena, double *ret, struct err *err);
};

extern const struct trend trend_rows[TREND_COUNT];

/*
 * All of them, of one tree; the debt where tree->debt is there.  *level and *has_level
 * carry the level from tree to tree: the first one with circles between folders chooses it.
 */
int trend_measure(const struct gate_tree *tree, struct level *level, bool *has_level,
		  double ret[TREND_COUNT], struct err *err);
/* Does a finding count as a violation? */
bool trend_counts(const struct finding *f);
/* By id, any case; NULL when there is none. */
const struct trend *trend_find(const char *id);

#endif
