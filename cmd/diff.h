/* SPDX-License-Identifier: MIT */
/*
 * diff.h - what a change did to the architecture: two judged trees compared by
 * identity, packages, imports, circles and findings, and how that is shown.
 * Folders that only have another name are the same, under their name of today.
 */
#ifndef MESHCTL_DIFF_H
#define MESHCTL_DIFF_H

#include "cmd/change.h"
#include "cmd/sides.h"
#include "graph/source/renames.h"

enum diff_change { DIFF_ADDED, DIFF_REMOVED, DIFF_CHANGED };

struct diff_package {
	enum diff_change change;        /* CHANGED: renamed */
	const char *id, *was;           /* was: its name at the base, of a renamed one */
	const char *layer, *context;    /* NULL = in none */
	uint32_t files;
};

enum diff_verdict {
	DIFF_ALLOWED,
	DIFF_FORBIDDEN,                 /* a rule about imports has a finding there */
	DIFF_ACCEPTED,                  /* the same, which something holds back */
	DIFF_UNJUDGED,                  /* no policy, or an end that is in no layer */
};
extern const char *const diff_verdict_name[];   /* "allowed" "forbidden" ... */

struct diff_edge {
	enum diff_change change;        /* CHANGED: of another weight */
	const char *from, *to;
	const char *from_layer, *to_layer, *from_context, *to_context;
	uint32_t weight, was;           /* import lines now and at the base; 0 = none */
	const char *path;               /* of the first import line, on the side that has it */
	uint32_t line, column;
	bool test;                      /* only test files import it */
	enum diff_verdict verdict;      /* on the side that has it: now, else at the base */
	const struct finding *finding;  /* of the verdict; NULL = none */
	uint64_t fingerprint;           /* of it */
	const char *symbols;            /* "mysql.New, mysql.Repo"; NULL = not looked at */
};

enum diff_knot_change { KNOT_APPEARED, KNOT_GREW, KNOT_SHRANK, KNOT_MOVED, KNOT_VANISHED };
extern const char *const diff_knot_name[];      /* "appeared" ... */

struct diff_knot {
	enum diff_knot_change change;   /* MOVED: has lost some and won others */
	const char *level;              /* "dir:2", "context" */
	const char *const *node, *const *added, *const *removed;
	uint32_t nnodes, nadded, nremoved;      /* nodes: today; of one that vanished: then */
	uint32_t was, lines, lines_was; /* nodes at the base; import lines inside */
};

struct diff_side {
	const struct source *source;
	const struct graph *graph;
	const struct mapping *mapping;  /* NULL without a policy */
	const struct findings *findings;
	const char *incomplete;
};

struct diff {
	struct diff_side base, head;
	const struct sides *sides;
	const struct gate *gate;        /* NULL without a policy */
	struct change lines;
	bool tests;
	unsigned theme;                 /* enum draw_theme of a picture */
	struct diff_package *package;   /* by id */
	struct diff_edge *edge;         /* by from, then to */
	struct diff_knot *knot;         /* by level, then what happened */
	uint32_t npackages, nedges, nknots;
	uint32_t packages[DIFF_CHANGED + 1], edges[DIFF_CHANGED + 1];   /* how many */
	uint32_t forbidden;             /* added edges */
	/* Findings: those of the head that are new; of the base that are gone; known ones. */
	const struct finding **fresh, **fixed;
	uint32_t nfresh, nfixed, known;
	uint32_t bad_fresh, bad_fixed;  /* of them: warnings and errors, which come first */
	struct arena *arena;
};

/*
 * After both sides were judged and findings_known() was asked: fills packages,
 * edges, knots.  Findings: diff_findings(), after findings_finish().
 */
int diff_build(const struct run *run, struct judge *head, const struct sides *sides,
	       struct diff *ret, struct err *err);
void diff_findings(struct diff *d);
/* May a finding of this rule say that an import is forbidden? */
bool diff_rule_about_imports(const struct rule *rule);
/* Nothing that anybody could see. */
bool diff_is_empty(const struct diff *d);
/* Nothing worth a comment: what is info, and imports that have more or fewer lines. */
bool diff_is_quiet(const struct diff *d);
/* The name of today of a folder of the base. */
const char *diff_name(const struct folder_rename *list, uint32_t count, const char *id,
		      struct arena *arena);
/* For diff_build(), which gives the folders that have another name. */
void diff_fixed(struct diff *d, const struct folder_rename *list, uint32_t count);
void diff_knots(struct diff *d, const struct folder_rename *list, uint32_t count);

/* `meshctl diff RANGE` for another command, in the formats of run->output. */
int diff_command(struct run *run, char *range, struct err *err);

/* The formats. */
int diff_write_text(const struct diff *d, const struct report *r, FILE *out, struct err *err);
int diff_write_json(const struct diff *d, const struct report *r, FILE *out, struct err *err);
/* A line an import: both ends, import lines, the place, what happened, the verdict. */
int diff_write_edges(const struct diff *d, FILE *out, struct err *err);
int diff_write_dot(const struct diff *d, FILE *out, struct err *err);
int diff_write_svg(const struct diff *d, FILE *out, struct err *err);
int diff_write_png(const struct diff *d, FILE *out, struct err *err);
/* `most` nodes, 0 = any number: what is forbidden first. */
int diff_write_mermaid(const struct diff *d, uint32_t most, FILE *out, struct err *err);
/*
 * The comment of a pull request; nothing where nothing changed and nothing fails.
 * At most DIFF_COMMENT_BYTES.
 */
#define DIFF_COMMENT_BYTES 60000u
int diff_write_comment(const struct diff *d, const struct report *r, FILE *out, struct err *err);

#endif
