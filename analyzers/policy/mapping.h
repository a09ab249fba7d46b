/* SPDX-License-Identifier: MIT */
/*
 * mapping.h - where the policy puts each package: layer, context, shared kernel,
 * or nowhere; which line decided, and what else would have.
 *
 * Patterns are matched against the package's folder relative to the policy's
 * folder; those that begin with the path of a module of the tree, against its
 * import path.  The most specific pattern wins (pattern_compare()).  `shared`
 * takes part in both competitions: a package is shared when its shared pattern
 * beats those of all layers and all contexts, and has then neither.  Tests of a
 * package are where it is.
 */
#ifndef MESHCTL_MAPPING_H
#define MESHCTL_MAPPING_H

#include "analyzers/policy/policy.h"
#include "graph/graph.h"

struct placement {
	uint32_t layer;                 /* in policy.layer, or POLICY_NONE */
	uint32_t context;               /* in mapping.context, or POLICY_NONE */
	bool shared;
	bool published;                 /* other contexts may import it */
	bool program;                   /* package main */
	bool outside;                   /* not below the policy's folder */
	/* The pattern that decided, and the most specific one that it beat; NULL = none. */
	const struct policy_pattern *layer_by, *layer_beat;
	const struct policy_pattern *context_by, *context_beat;
	const struct policy_pattern *shared_by, *published_by;
	struct span comment;            /* the `// domain: NAME` read for it; path 0 = none */
	sym_id comment_name;            /* what it says; decides only where context_by is NULL */
};

/* Neither layer nor shared: no layer rule judges its imports. */
static inline bool placement_unmapped(const struct placement *p)
{
	return p->layer == POLICY_NONE && !p->shared;
}

struct mapped_context {
	sym_id name;
	/* Its own key, else the template that captured it; NULL where only comments name it. */
	const struct policy_context *spec;
	uint32_t packages;
};

/* A comment and a pattern, or two comments of one package, that name different contexts. */
struct domain_clash {
	uint32_t package;               /* node */
	struct span at;                 /* the comment that is not followed */
	sym_id name;                    /* what it says */
	sym_id instead;                 /* what holds; 0 = the package is shared */
	const struct policy_pattern *by;/* the pattern that decided; NULL = the comment `other` */
	struct span other;
};

struct mapping {
	const struct policy *policy;
	const struct source *source;
	const struct graph *graph;      /* packages */
	const struct placement *of;     /* [graph.npkgs] */
	const struct mapped_context *context;   /* by name */
	uint32_t ncontexts;
	const uint32_t *layer_packages; /* [policy.nlayers]; external tests do not count */
	uint32_t packages;              /* that it looked at: the same */
	uint32_t mapped, shared, unmapped, outside;
	const uint32_t *matched;        /* [policy.npatterns] packages that it matches */
	const uint32_t *decided;        /* [policy.npatterns] packages where it won */
	const struct domain_clash *clash;
	uint32_t nclashes;
};

/*
 * Lives in the arena.  ERR_CONFIG when two equally specific patterns want one
 * package for different layers or contexts, naming both, or when a pattern takes
 * too many steps.
 */
int mapping_build(const struct policy *p, const struct source *s, const struct graph *g,
		  struct arena *arena, const struct mapping **ret, struct err *err);

/* The context of this name, or POLICY_NONE. */
uint32_t mapping_context_find(const struct mapping *m, const char *name);
/*
 * May context `from` use context `to` at all (through what is published)?
 * *ret_by (may be NULL) is the line that decides.  Contexts without a spec are not
 * judged: yes.
 */
bool mapping_context_may(const struct mapping *m, uint32_t from, uint32_t to,
			 struct policy_pos *ret_by);
/* The edge between two packages as exceptions see it. */
struct policy_edge mapping_edge(const struct mapping *m, uint32_t from, uint32_t to);

/* A pattern that takes part in the competition for a package. */
enum candidate_kind { CANDIDATE_LAYER, CANDIDATE_CONTEXT, CANDIDATE_SHARED };
struct candidate {
	enum candidate_kind kind;
	const char *owner;              /* the layer or the context that it is for; "shared" */
	const struct policy_pattern *pattern;
	bool decides;
	const struct policy_pattern *beaten_by; /* NULL where it decides */
	const char *why;                /* it was beaten: "segment 2: 'dao' beats '*'" */
};

/*
 * All of them, kind by kind, the one that decides first, then the more specific
 * ones first.  In the arena.
 */
int mapping_candidates(const struct mapping *m, uint32_t package, struct arena *arena,
		       const struct candidate **ret, uint32_t *ret_count, struct err *err);

/*
 * The packages in groups.  PART_LAYER and PART_CONTEXT are as placed; PART_DOMAIN
 * is what `// domain:` comments say, where there is none the context.  What is in
 * none of them is in a group of its own kind.
 */
enum mapped_kind { MAPPED_NAMED, MAPPED_SHARED, MAPPED_UNMAPPED };

struct mapped_groups {
	uint32_t count;
	const sym_id *name;             /* [count] "shared", "unmapped" for the last two kinds */
	const enum mapped_kind *kind;   /* [count] only MAPPED_NAMED are the policy's */
	const uint32_t *of;             /* [graph.npkgs] group of each package */
};

/* Named groups first: layers innermost first, contexts by name; empty ones are left out. */
void mapping_groups(const struct mapping *m, enum graph_part part, struct arena *arena,
		    struct mapped_groups *ret);
/* For graph.part: [graph.npkgs] the name of its group; 0 = in none that the policy names. */
const sym_id *mapping_part(const struct mapping *m, enum graph_part part, struct arena *arena);

#endif
