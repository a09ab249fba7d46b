/* SPDX-License-Identifier: MIT */
/*
 * metrics_functions.h - what `meshctl metrics functions` shows, and its formats:
 * the functions of a tree with their numbers, in order, and how these are spread.
 */
#ifndef MESHCTL_METRICS_FUNCTIONS_H
#define MESHCTL_METRICS_FUNCTIONS_H

#include "cmd/command.h"
#include "cmd/metric.h"
#include "cmd/session.h"
#include "graph/source/complexity_files.h"

struct output;

struct function {
	file_id file;
	const struct body *body;        /* of the file */
	const struct body_func *f;
};

/* How a metric is spread over all functions, whatever --over and --top say. */
struct spread {
	enum metric_id metric;
	uint32_t limit;                 /* 0 = none is known */
	uint32_t over;                  /* functions above it */
	uint32_t median, p90, p99, largest;     /* nearest rank */
	double average;                 /* NAN without functions */
};
#define SPREADS_MAX 8u

struct functions {
	const struct source *source;
	const struct bodies *bodies;
	const struct function *row;     /* [nrows] sorted; those that --over leaves */
	uint32_t nrows, nfunctions, nliterals;
	struct spread spread[SPREADS_MAX];
	uint32_t nspreads;
	const file_id *broken;          /* files with errors, and those not readable */
	uint32_t nbroken, nfiles, ngenerated;
	uint32_t tests_out, generated_out;      /* files that are left out for being that */
	uint64_t code, comments, blanks;/* lines of the files */
	const struct metric *sort;      /* NULL: by name */
	uint32_t over, top;             /* top: UINT32_MAX = not limited */
	bool all, avg, with_tests;
	struct complexity_files *tool[2];       /* by enum complexity_walk; NULL: not asked for */
	const char *incomplete;
	enum exit_status status;
};

/* The whole of `metrics functions`: run->operand[0] is PATTERN. */
int metrics_functions(struct run *run, struct err *err);

uint32_t function_value(const struct body_func *f, enum metric_id metric);
const char *function_path(const struct functions *m, const struct function *f, struct arena *arena);
/* The metric that --over and --sort speak of; --sort name leaves it at cognitive. */
const struct metric *functions_limited(const struct functions *m);
static inline uint32_t functions_shown(const struct functions *m)
{
	return m->top < m->nrows ? m->top : m->nrows;
}

/* Why a file is degraded: "syntax error"; body may be NULL. */
const char *function_trouble(const struct body *body);

int functions_write_text(const struct functions *m, const struct output *o, struct err *err);
int functions_write_json(const struct functions *m, const struct output *o, struct err *err);
int functions_write_csv(const struct functions *m, const struct output *o, struct err *err);
/* The tools' own lines, in their order. */
int functions_write_gocyclo(const struct functions *m, const struct output *o, struct err *err);
int functions_write_gocognit(const struct functions *m, const struct output *o, struct err *err);

/*
 * Go's sort.Stable and sort.Sort over item[0..n) with `value[a] >= value[b]` for
 * less, which is what gocyclo and gocognit sort by.  That is no order, so what
 * comes out is the work of these very algorithms (Go 1.19 to 1.26).
 */
void gosort_stable(uint32_t *item, uint32_t n, const uint32_t *value);
void gosort_sort(uint32_t *item, uint32_t n, const uint32_t *value);

#endif
