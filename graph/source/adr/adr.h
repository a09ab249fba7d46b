/* SPDX-License-Identifier: MIT */
/*
 * adr.h - architecture decision records, as they stand in a tree: MADR 2 to 4, Michael
 * Nygard's as adr-tools writes them, log4brains', and records in YAML.  Facts only;
 * analyzers/decisions.c judges them.
 *
 * Which format a file has does not matter to reading: whatever a record says in front
 * matter, in bullets under its title, or in sections is taken.
 */
#ifndef MESHCTL_ADR_H
#define MESHCTL_ADR_H

#include "base/arena.h"
#include "base/err.h"

struct tree;

enum adr_format { ADR_MADR, ADR_NYGARD, ADR_LOG4BRAINS, ADR_YAML, ADR_FORMATS };
extern const char *const adr_format_name[ADR_FORMATS];  /* "madr" "nygard" ... */

enum adr_status {
	ADR_NO_STATUS,                  /* it does not say */
	ADR_STRANGE,                    /* it says what nobody knows */
	ADR_PROPOSED, ADR_ACCEPTED, ADR_REJECTED, ADR_DEPRECATED, ADR_SUPERSEDED,
	ADR_STATUSES
};
extern const char *const adr_status_name[ADR_STATUSES]; /* "none" "unknown" "proposed" ... */

/* A piece of a record.  Lines and columns as in struct span; bytes [from, to) of adr.bytes. */
struct adr_piece {
	const char *text;               /* trimmed; "" = not there */
	uint32_t line, col, end_col;
	size_t from, to;
};

/* Where the status stands, which is where it is changed. */
enum adr_place { ADR_IN_NOTHING, ADR_IN_FRONT, ADR_IN_BULLET, ADR_IN_SECTION, ADR_IN_KEY };

enum adr_relation {
	ADR_SUPERSEDES, ADR_SUPERSEDED_BY, ADR_AMENDS, ADR_AMENDED_BY,
	ADR_REFERS,                     /* any other link to a file */
	ADR_RELATIONS
};
extern const char *const adr_relation_name[ADR_RELATIONS];      /* "supersedes" ... */

#define ADR_NONE UINT32_MAX

struct adr_link {
	enum adr_relation relation;
	const char *target;             /* as written: "0005-x.md", "ADR-0005", "5" */
	struct adr_piece at;
	uint32_t record;                /* in adrs.item, or ADR_NONE */
	bool broken;                    /* names a record or a file that is not there */
};

struct adr_section {
	const char *title;              /* "Context and Problem Statement" */
	const char *body;               /* trimmed */
	uint32_t level, line;           /* of the heading: 2 = ## */
};

struct adr {
	const char *path;               /* relative to the tree's root */
	const char *name;               /* of the file, without folder and suffix */
	const char *dated;              /* "20240131" where the name begins with a day; or "" */
	uint32_t number;                /* 0 = none */
	uint32_t title_number;          /* that its title gives; 0 = none */
	bool is_zero;                   /* number 0, with which MADR begins */
	enum adr_format format;
	struct adr_piece title;         /* without the number */
	struct adr_piece status, date;
	enum adr_place status_in;
	enum adr_status state;
	const struct adr_link *link;
	const struct adr_section *section;      /* ADR_YAML: a key each */
	uint32_t nlinks, nsections;
	const char *risk;               /* of a record in YAML; "" = not said */
	bool has_evidence, has_counter_test;
	const char *bytes;
	size_t len;
	/*
	 * Over what was decided: not the status, dates, links between records, nor the
	 * sections that hold links, and not how lines are broken.
	 */
	uint64_t substance;
};

struct adr_problem { const char *path, *text; uint32_t line, col; };

struct adrs {
	const char *dir;                /* relative to the tree's root; NULL = there is none */
	const char *said_by;            /* "policy", ".adr-dir", ".log4brains.yml", "name" */
	const char *missing;            /* a folder that is named, and not there; NULL = none */
	const struct adr *item;         /* by adr_order(), then by path */
	const struct adr_problem *problem;      /* records that could not be read */
	uint32_t count, nproblems;
	uint32_t others;                /* files there that are no records: README, templates */
	uint32_t links;                 /* to folders there, which are not followed */
	uint32_t most;                  /* number in the name of a file there, read or not */
	const char *unlisted;           /* a folder that could not be listed; NULL = none */
	enum adr_format format;         /* of most; ADR_MADR where there is none yet */
	bool cut;                       /* LIMIT_ADRS was reached */
};

/*
 * `dir` as the policy has it (relative to the tree's root), NULL = found: what
 * .adr-dir or .log4brains.yml says in `folder` or above, else the first folder of a
 * usual name.  Everything lives in the arena.
 */
void adrs_read(struct tree *t, const char *folder, const char *dir, struct arena *arena,
	       struct adrs *ret);

/* One record of this text, links unresolved.  False: no record, *ret_problem NULL, or broken. */
bool adr_parse(const char *path, const char *bytes, size_t len, struct arena *arena,
	       struct adr *ret, struct adr_problem *ret_problem);

/* "14", "0014", "ADR-14", a file's name or path, a name's beginning: the record, or ADR_NONE. */
uint32_t adr_find(const struct adrs *a, const char *text);
/* By number, those without last. */
uint32_t adr_order(const struct adr *r);
/* "ADR 14", or its name where it has no number. */
const char *adr_label(const struct adr *r, struct arena *arena);
/* What a word says of the status; ADR_STRANGE when nothing. */
enum adr_status adr_status_of(const char *text);

#endif
