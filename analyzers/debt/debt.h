/* SPDX-License-Identifier: MIT */
/*
 * debt.h - findings as debt: what repairing them costs, in entries of one cause
 * each, where that lies, and which is worth doing first.
 *
 * Costs are costs.def and the policy's `debt`.  One cause: all findings in the code
 * of one file, added up; all about one import, one package, one knot, where the
 * dearest repair cures the others.  What exceptions and the baseline
 * accept is debt as well; what a //meshctl:ignore comment answers is not.
 * Generated files are measured, never scored.
 */
#ifndef MESHCTL_DEBT_H
#define MESHCTL_DEBT_H

#include "analyzers/analyzer.h"
#include "analyzers/debt/formula.h"
#include "analyzers/policy/schema.h"

/* What git knows; changes are counted over a year.  By file of the source. */
struct debt_past {
	const uint32_t *changes;
	const uint32_t *fixes;          /* of them: those whose message speaks of a repair */
	const uint32_t *recent;         /* in the last 30 days */
	const uint8_t *truck;           /* people of that year who know it; 0 = not known */
	/* Changes that touch both folders; the same folder twice: that touch it. */
	double (*together)(void *ctx, dir_id a, dir_id b);
	void *ctx;
};

enum debt_kind { DEBT_FILE, DEBT_PACKAGE, DEBT_IMPORT, DEBT_KNOT, DEBT_KINDS };
extern const char *const debt_kind_name[DEBT_KINDS];    /* "file" "package" ... */

/* One finding and its price. */
struct debt_part {
	const struct finding *finding;
	uint32_t minutes, per, units;   /* price = times * minutes + per * units */
	uint32_t times;                 /* 1; edges of a knot's cut */
	enum cost_unit unit;
	const char *source;             /* "sonar-go S3776"; NULL: see debt_price_source() */
	uint64_t price;
};

struct debt_share {                     /* where an entry's minutes lie */
	uint32_t file;                  /* ID_NONE: in no Go file */
	uint64_t minutes;
	dir_id from, to;                /* of an import: the packages that change together */
	double changes, interest;       /* NAN = not known */
};

struct debt_entry {
	enum debt_kind kind;
	const struct finding *main;     /* the dearest: its id is the entry's */
	const struct debt_part *part;   /* the dearest first */
	uint32_t nparts;
	struct debt_share *share;
	uint32_t nshares;
	uint64_t minutes;
	uint32_t symbols;               /* of an import: what it uses */
	uint32_t changes;               /* of the file that is changed most; 0 where not known */
	uint32_t touched;               /* contexts (packages) that lead to it, see struct debt */
	struct debt_hazard hazard;
	double impact, cost, risk, timeliness, priority, interest;
	const struct policy_deadline *deadline;
	double days_left;               /* to the deadline */
	bool late;                      /* cannot be done until then */
};

struct debt {
	const struct analysis *given;
	const struct debt_past *past;   /* NULL = nobody knows */
	const struct debt_entry *entry; /* first what is to be done first */
	uint32_t nentries;
	const uint64_t *minutes;        /* [nfiles] of the source */
	const double *interest;         /* [nfiles] NAN = not known */
	const uint64_t *lines;          /* [nfiles] that are scored; 0 of the others */
	uint64_t loose;                 /* minutes in no Go file */
	uint64_t total, total_lines;
	uint32_t scored, generated;     /* files */
	uint64_t generated_lines;
	uint64_t generated_minutes;     /* of findings in generated files only: not scored */
	struct debt_weights weights;
	double change_minutes, slowdown;
	uint32_t touchable;             /* contexts, else packages */
	bool by_context;
};

/* The rules that have a cost under a policy, but for those that it turns off. */
void debt_rules(const struct policy *p, struct rule_set *ret);
/* Neither what a comment answers nor what is not this tree's. */
bool debt_is_owed(const struct finding *f);
/*
 * After findings_finish().  `now` is the day that deadlines are compared with; 0 = not
 * known: they do not count.  Lives in the arena, and no longer than what is given.
 */
int debt_reckon(const struct analysis *a, const struct debt_past *past, int64_t now,
		struct arena *arena, struct debt *ret, struct err *err);
/*
 * What the severity of a share is made of: minutes and lines of its file; of imports,
 * packages and knots, which are not the matter of one file, those of the package.
 */
void debt_base(const struct debt *d, const struct debt_entry *e, const struct debt_share *s,
	       uint64_t *ret_minutes, uint64_t *ret_lines);
/* Who says what a part costs: "sonar-go S3776", ".meshctl.yaml:40". */
const char *debt_price_source(const struct policy *p, const struct debt_part *part,
			      struct arena *arena);

#define DEBT_SHAKE .1
/*
 * How stable the order is: each cost that an entry was priced with by itself a tenth
 * dearer, then cheaper, and the entries put in order again.  The worst of all.
 */
struct debt_stability {
	uint32_t variants;              /* orders that were compared */
	uint32_t first, stay;           /* of the first so many, so many stay among them */
	double correlation;             /* Spearman's rank correlation of all entries */
};
void debt_stability(const struct debt *d, const struct debt_entry *const *entry, uint32_t n,
		    uint32_t first, struct debt_stability *ret);

/* One line of a table: what lies in a file, a package, a context ... */
struct debt_row {
	const char *name;
	bool rest;                      /* what is in none of them; the last row */
	uint64_t minutes, lines;
	uint64_t recent;                /* minutes in files changed in the last 30 days */
	double interest;                /* minutes a year; NAN = not known */
};
/*
 * `level` is function, file, repository, or one of level_parse(): rows by minutes, then
 * by name.  Their minutes add up to debt.total at every level.
 */
int debt_rows(const struct debt *d, const char *level, struct arena *arena,
	      const struct debt_row **ret, uint32_t *ret_count, struct err *err);
/* The whole as a row. */
struct debt_row debt_whole(const struct debt *d);
/* "internal/order/submit.go", "a -> b", the message of a knot: what an entry is about. */
const char *debt_entry_name(const struct debt *d, const struct debt_entry *e, struct arena *arena);

#endif
