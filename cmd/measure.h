/* SPDX-License-Identifier: MIT */
/*
 * measure.h - what `meshctl metrics packages` shows, and its formats: the rows
 * that PATTERN asks for in their order, and the totals of the whole tree.
 */
#ifndef MESHCTL_MEASURE_H
#define MESHCTL_MEASURE_H

#include "cmd/metric.h"
#include "cmd/opt.h"
#include "cmd/report/status.h"
#include "graph/abstractness.h"
#include "graph/level.h"
#include "graph/metrics.h"

#include <stdio.h>

struct output;

struct measure {
	const struct source *source;
	const struct graph *packages;   /* the package graph */
	const struct graph *graph;      /* at the level */
	struct level level;
	struct graph_metrics numbers;
	const struct type_counts *types;/* [nodes] for A and D; NULL = nobody asks */
	uint32_t bodies, bodies_broken; /* files that were read for them */
	const uint32_t *row;            /* [nrows] nodes, sorted */
	uint32_t nrows;
	uint32_t top;                   /* rows asked for; UINT32_MAX = not limited */
	bool all;                       /* text as well: every row */
	const struct metric *sort;      /* NULL: by name */
	const char *incomplete;
	enum exit_status status;
};

/* Measures, chooses the rows and sorts them: `sort` descending, what is undefined last, by name. */
void measure_init(struct measure *m, bool tests, struct arena *arena);
/* A column of a node; NAN where it is not defined. */
double measure_value(const struct measure *m, enum metric_id metric, uint32_t node);

/* Is it a column? */
bool measure_has(const struct measure *m, enum metric_id metric);
/* Where a node is between A and I; ZONE_NONE without A. */
enum metric_zone measure_zone(const struct measure *m, uint32_t node);
/* "pain", "uselessness"; NULL for none. */
const char *measure_zone_name(enum metric_zone zone);

/* Of all nodes: what is too far from the main sequence, and the mean of D (NAN of none). */
struct measure_zones { uint32_t pain, uselessness; double mean; };
void measure_zones(const struct measure *m, struct measure_zones *ret);

/*
 * --sort: a metric of the scope of `unless_told`, which is taken without it; NULL
 * for "name".
 */
int measure_choose_sort(const struct settings *set, enum metric_id unless_told,
			const struct metric **ret, struct err *err);
/* A CSV field (RFC 4180); controls are escaped first, so that a record is a line. */
void measure_put_field(FILE *out, const char *text, struct arena *scratch);

int measure_write_text(const struct measure *m, const struct output *o, struct err *err);
int measure_write_json(const struct measure *m, const struct output *o, struct err *err);
int measure_write_csv(const struct measure *m, const struct output *o, struct err *err);

#endif
