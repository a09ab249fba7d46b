/* SPDX-License-Identifier: MIT */
/*
 * metric.h - the metrics, as rows of metrics.def: what each is called, how it is
 * computed, who defined it and how to read it.  The numbers themselves are in
 * graph/metrics.h, those of functions in graph/source/body.h.
 */
#ifndef MESHCTL_METRIC_H
#define MESHCTL_METRIC_H

#include "base/base.h"

enum metric_scope { METRIC_OF_NODE, METRIC_OF_GRAPH, METRIC_OF_FUNCTION };

enum metric_id {
#define METRIC(ident, scope, id, name, unit, formula, source, meaning) ident,
#include "cmd/metrics.def"
#undef METRIC
	METRIC_COUNT
};

struct metric {
	enum metric_scope scope;
	const char *id;                 /* "NCCD": the column's title */
	const char *name;               /* "instability" */
	const char *unit, *formula, *source;
	const char *meaning;            /* sentences */
};

extern const struct metric metric_rows[METRIC_COUNT];

/* Where its scope is shown, for people and for programs. */
const char *metric_shown(const struct metric *m);
const char *metric_of(const struct metric *m);

/* A share between 0 and 1, printed with decimals; must bodies be read for it? */
bool metric_is_share(const struct metric *m);
bool metric_needs_bodies(const struct metric *m);

/* By id or name, any case, dashes for spaces; NULL when there is none. */
const struct metric *metric_find(const char *text);

#endif
