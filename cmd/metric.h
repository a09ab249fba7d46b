/* SPDX-License-Identifier: MIT */
/*
 * metric.h - the metrics, as rows of metrics.def: what each is called, how it is
 * computed, who defined it and how to read it.  The numbers themselves are in
 * graph/metrics.h.
 */
#ifndef MESHCTL_METRIC_H
#define MESHCTL_METRIC_H

#include "base/base.h"

enum metric_scope { METRIC_OF_NODE, METRIC_OF_GRAPH };

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

/* By id or name, any case, dashes for spaces; NULL when there is none. */
const struct metric *metric_find(const char *text);

#endif
