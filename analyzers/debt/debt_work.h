/* SPDX-License-Identifier: MIT */
/* debt_work.h - the state of one debt_reckon(): shared by the files of analyzers/debt only. */
#ifndef MESHCTL_DEBT_WORK_H
#define MESHCTL_DEBT_WORK_H

#include "analyzers/debt/debt.h"
#include "graph/symbols.h"

struct debt_work {
	const struct analysis *a;
	struct arena *arena;            /* of the result */
	struct arena *scratch;
	struct debt *d;
	struct debt_entry *entry;       /* debt.entry, being filled */
	uint64_t *minutes;              /* debt.minutes */
	double *interest;               /* debt.interest */
	uint32_t *file_of;              /* [nsyms] file of a path + 1 */
	uint32_t *node_of;              /* [nsyms] package of an identity + 1 */
	uint32_t *label_of;             /* [nsyms] package of an import path + 1 */
	uint32_t nsyms;
	int64_t now;
};

/* The file of a path, the package of an identity; ID_NONE. */
uint32_t debt_file(const struct debt_work *w, sym_id path);
uint32_t debt_node(const struct debt_work *w, const char *identity);
/* Is it scored?  Neither a generated file nor none. */
bool debt_scored(const struct debt_work *w, uint32_t file);

/* Parts with their prices and shares; entries of equal cause united. */
int debt_collect(struct debt_work *w, struct err *err);
/* Fills minutes, per, unit, times, source: what the policy says, else the row. */
void debt_price_row(const struct policy *p, struct debt_part *part);
/* How many symbols an edge uses. */
int debt_symbols(const struct debt_work *w, const struct graph *g, uint32_t edge, bool tests,
		 uint32_t *ret, struct err *err);
/* Price of a knot, and a share for each edge of its cut. */
int debt_knot(const struct debt_work *w, struct debt_part *part, struct debt_share **ret_share,
	      uint32_t *ret_nshares, struct err *err);
/* Interest, and the four dimensions. */
void debt_rank(struct debt_work *w);

#endif
