/* SPDX-License-Identifier: MIT */
/*
 * debt.h - what `meshctl debt` and `explain` know of the debt of a tree: the tree
 * judged, its history, its debt; and the same 90 days earlier.
 */
#ifndef MESHCTL_CMD_DEBT_H
#define MESHCTL_CMD_DEBT_H

#include "analyzers/debt/debt.h"
#include "cmd/judge.h"

struct output;
struct debt_git;                        /* cmd/debt_past.c */

#define DEBT_RULE_SET 1u                /* raise it when rows of costs.def change */
#define DEBT_WINDOW "12m"               /* in which changes count */
#define DEBT_RECENT 30
#define DEBT_FIRST 10u                  /* entries that a screen shows */
#define DEBT_BEFORE "90d"               /* between the two densities */

struct debt_side {
	struct judge judge;
	struct analysis given;
	struct debt debt;
	bool open;
	const struct debt_row *row;
	uint32_t nrows;
	struct debt_row whole;
};

struct debt_run {
	struct debt_side now, before;
	const char *level;
	struct debt_git *git;
	struct debt_past past;
	const char *no_past;            /* why git tells nothing; NULL = it does */
	const char *no_before;          /* why nothing is known of 90 days ago */
	const char *before_commit;      /* full id */
	uint32_t commits;               /* that were counted */
	const char *shallow;            /* what is to be said of the history, or NULL */
	const struct debt_entry **entry;/* those of --owner; first what is to be done first */
	uint32_t nentries;
	uint64_t minutes;               /* of them */
	enum exit_status status;
};

/* `before`: as it was 90 days ago as well.  To be released whatever it returns. */
int debt_open(struct run *run, bool before, struct debt_run *ret, struct err *err);
void debt_release(struct debt_run *d, const struct settings *set);

/* What git knows of the files, or why not: ret->past, no_past, commits. */
int debt_past_read(const struct run *run, struct debt_run *d, struct err *err);
void debt_past_release(struct debt_git *git);

/* The density of a row 90 days ago, or NAN. */
double debt_was(const struct debt_run *d, const struct debt_row *row);
/* "0.8 d", "12 d"; "148 d/y"; "-" of what is not known. */
const char *debt_work(double minutes, struct arena *arena);
/* The only declaration that an entry is about, or NULL. */
const char *debt_symbol(const struct debt_entry *e);
/* "2 functions, cognitive 112": what makes the price of an entry, in a few words. */
const char *debt_detail(const struct debt_run *d, const struct debt_entry *e, struct arena *arena);

/* Person-days by risk and impact, each DEBT_CELLS. */
struct debt_heat { double days[DEBT_CELLS][DEBT_CELLS]; uint32_t count[DEBT_CELLS][DEBT_CELLS]; };
void debt_heat(const struct debt_run *d, struct debt_heat *ret);
void debt_heat_text(const struct debt_run *d, const struct report *r, FILE *out);

int debt_write_text(const struct debt_run *d, const struct run *run, const struct output *o,
		    struct err *err);
int debt_write_json(const struct debt_run *d, const struct run *run, const struct output *o,
		    struct err *err);
int debt_write_csv(const struct debt_run *d, const struct run *run, const struct output *o,
		   struct err *err);
int debt_write_svg(const struct debt_run *d, const struct run *run, const struct output *o,
		   struct err *err);
int debt_write_png(const struct debt_run *d, const struct run *run, const struct output *o,
		   struct err *err);
/* One entry: formula, inputs, sources. */
void debt_explain_text(const struct debt_run *d, const struct debt_entry *e, FILE *out);
/* The same members for programs and for the page: what a finding costs, where, and all of it. */
void debt_price_members(const struct debt_run *d, const struct debt_part *p, struct json *o,
			struct arena *arena);
void debt_place_members(const struct debt_run *d, const struct debt_share *s, struct json *o,
			struct arena *arena);
void debt_number_members(const struct debt_entry *e, struct json *o);
void debt_row_members(const struct debt_row *row, struct json *o);
struct json *debt_entry_json(const struct debt_run *d, const struct debt_entry *e,
			     struct arena *arena);
/* The entry that has the finding; NULL: it is no debt. */
const struct debt_entry *debt_find(const struct debt_run *d, uint64_t fingerprint);

#endif
