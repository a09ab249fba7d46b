/* SPDX-License-Identifier: MIT */
/*
 * analyzer.h - the contract between meshctl and one analysis.
 *
 * To add one: write analyzers/<name>.c that defines `analyzer_<name>`, name it
 * in analyzers/analyzers.def and its rules in analyzers/policy/rules.def.
 * Help, man page, completion and `meshctl explain` follow from the tables.
 */
#ifndef MESHCTL_ANALYZER_H
#define MESHCTL_ANALYZER_H

#include "analyzers/policy/finding.h"
#include "analyzers/policy/mapping.h"
#include "graph/graph.h"
#include "graph/level.h"
#include "graph/source/link.h"

enum fact {                             /* what an analysis reads; the union is computed */
	FACT_IMPORTS = 1 << 0,
	FACT_LINES   = 1 << 1,
	FACT_BODIES  = 1 << 2,          /* of every file */
	FACT_POLICY  = 1 << 3,          /* has nothing to judge where there is no policy file */
	FACT_BASELINE = 1 << 4,         /* the same, no baseline */
	FACT_DECISIONS = 1 << 6,        /* the same, no decision record */
	FACT_MANIFESTS = 1 << 7,        /* the same, no manifest; runs where somebody names them */
	FACT_CHANGE = 1 << 5,           /* of the gate alone: analyzers/gate.h speaks for them */
};

struct manifests;                       /* graph/source/manifests/manifests.h */
struct services;                        /* analyzers/services/services.h */
struct symbols;                         /* graph/symbols.h */
struct decisions;                       /* decisions.h */
struct baseline;                        /* policy/baseline.h */

struct analysis {                       /* all that run() may see */
	const struct source *source;
	const struct graph *graph;      /* packages */
	const struct bodies *bodies;    /* NULL unless somebody chosen needs FACT_BODIES */
	struct link *link;              /* the same */
	const struct policy *policy;    /* never NULL; found says whether somebody wrote one */
	const struct mapping *mapping;  /* NULL where nobody did */
	struct symbols *weigh;          /* edges weigh what they use; NULL = import lines */
	struct symbols *symbols;        /* reads bodies of some packages; given with mapping */
	struct decisions *decisions;    /* read when first asked for; NULL = each time */
	const struct baseline *baseline;        /* NULL = none */
	const char *baseline_path;      /* of it, relative to source.root */
	const struct manifests *manifests;      /* NULL unless somebody needs FACT_MANIFESTS */
	const struct services *services;        /* NULL: who needs them finds them */
	bool no_cache;                  /* what is parsed is parsed again */
	bool brief;                     /* findings are counted: how to mend them is not said */
	struct arena *scratch;          /* emptied when run() returns */
	struct findings *findings;
};

struct analyzer {
	const char *name, *summary;
	uint32_t needs;                 /* FACT_... */
	const enum rule_id *rules;
	uint32_t nrules;
	/*
	 * Reports only what PATTERN asks for (DIR_REPORTED, NODE_REPORTED at one
	 * end at least).  *ret_judged is how many things it looked at (edges,
	 * files, ...): 0 means that it had nothing to judge.
	 */
	int (*run)(const struct analysis *a, uint64_t *ret_judged, struct err *err);
};

extern const struct analyzer *const analyzers[];
extern const uint32_t nanalyzers;

/* The analysis that speaks for a rule. */
const struct analyzer *analyzer_of(enum rule_id rule);

/* What ran and what did not, for the proof of work. */
struct rules_ran {
	uint64_t judged[RULE_COUNT];    /* by the analysis of the rule */
	bool ran[RULE_COUNT];
};

/* Chosen rules as a bit set over enum rule_id; all = every rule that is not off. */
struct rule_set { bool has[RULE_COUNT]; };
/*
 * What cannot be read is told by every command that judges, whatever rules it
 * was asked for: a green result would hide what no rule has seen.
 */
extern const struct rule_set rules_always;
uint32_t analyzers_needs(const struct rule_set *chosen);
/* Adds to given->findings, which the caller finishes; given->scratch is not used. */
int analyzers_run(const struct rule_set *chosen, const struct analysis *given,
		  struct rules_ran *ran, struct err *err);

#endif
