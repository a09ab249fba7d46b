/* SPDX-License-Identifier: MIT */
/*
 * place.h - where findings are, as other programs count: columns in code points,
 * always a line and both columns, and the hash by which GitHub knows a line
 * again: sum of u[k] * 37^(99-k) mod 2^64 over the hundred UTF-16 units from its
 * first one on, without spaces and tabs, each line end one \n, 65535 at the end of
 * the file, zeros behind it.  Each file is read once.
 */
#ifndef MESHCTL_PLACE_H
#define MESHCTL_PLACE_H

#include "cmd/report/report.h"

struct place {
	uint32_t line;                  /* from 1; 1 where the finding is about the whole file */
	uint32_t col, end_col;          /* in code points from 1; the end is exclusive */
	uint32_t byte_col, byte_end;    /* the same in bytes */
	uint64_t hash;                  /* of the line */
	uint32_t nth;                   /* so many lines of the file up to here have it; 0 = none */
};

struct places {
	struct place *place;            /* findings, held ones behind; each, then its related */
	uint32_t *first;                /* into place, for each finding */
	uint32_t unread;                /* files that could not be read again, or not as a whole */
};

/* `hashes`: fill hash and nth as well, of the findings, not of what is related. */
void places_init(const struct report *r, bool hashes, struct places *ret);
void places_release(struct places *p);
/* Of finding number i (held ones behind the others); what = 0, or 1 + number of a related place. */
const struct place *place_at(const struct places *p, uint32_t i, uint32_t what);

/*
 * GitHub's hash of every line of a file, in order.  *ret_hash is malloc'ed; returns
 * how many there are, at least one.
 */
uint32_t place_line_hashes(const char *bytes, size_t len, uint64_t **ret_hash);

/* Finding number i of the report, held ones behind the others. */
const struct finding *report_numbered(const struct report *r, uint32_t i);
/* The path of a place; what is about no file is about ".". */
const char *report_path(const struct report *r, const struct span *at);

#endif
