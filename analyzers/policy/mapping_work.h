/* SPDX-License-Identifier: MIT */
/*
 * mapping_work.h - the state of one mapping_build(): what mapping.c and
 * mapping_context.c share.  Nobody else includes it.
 */
#ifndef MESHCTL_MAPPING_WORK_H
#define MESHCTL_MAPPING_WORK_H

#include "analyzers/policy/mapping.h"

enum owner_kind { OWNER_NONE, OWNER_LAYER, OWNER_CONTEXT, OWNER_SHARED };
struct owner { enum owner_kind kind; uint32_t index; };

struct numbered_set {
	struct pattern_set *set;
	uint32_t *number;               /* policy's number of the set's */
	uint32_t count;
};

struct hit {
	uint32_t number;                /* policy's */
	const char *path;               /* that it matches */
	struct pattern_hit match;
};

struct draft {                          /* of a folder */
	struct placement p;             /* without context */
	const char *context;            /* its name, or NULL */
	uint32_t package;               /* its first node */
	bool done;
};

/* A context's name: what the policy says about it, looked up once. */
struct mapped_name {
	const struct policy_context *spec;      /* its own key, else a template that it fits */
	uint32_t number;
	bool known, used;
};

struct mapping_work {
	const struct policy *policy;
	const struct source *source;
	const struct graph *graph;
	struct arena *arena;
	struct owner *owner;            /* [npatterns] */
	const struct pattern **rank;    /* [npatterns] what pattern_compare() is asked about */
	uint32_t *matched, *decided;    /* [npatterns] */
	struct numbered_set folders, imports;
	struct draft *draft;            /* [source.ndirs] malloc */
	/* Patterns that match the folder at hand; malloc. */
	struct hit *hit;
	uint32_t nhits, hit_cap;
	struct domain_clash *clash;     /* malloc */
	uint32_t nclashes, clash_cap;
	struct mapped_name *name;       /* [nnames] by symbol; malloc */
	uint32_t nnames;
};

/* Owners and sets; mapping_work_end() frees what is malloc. */
void mapping_work_begin(struct mapping_work *w, const struct policy *p, const struct source *s,
			const struct graph *g, struct arena *arena);
void mapping_work_end(struct mapping_work *w);
/* Fills hit: the patterns that match a folder. */
int mapping_hits(struct mapping_work *w, uint32_t dir, struct err *err);
/* The context that a hit of OWNER_CONTEXT means, or NULL when its captures mean none. */
const char *mapping_context_name(struct mapping_work *w, const struct hit *h);
/* Reads the comments of a folder's files; where nothing else did, they decide the context. */
void mapping_comments(struct mapping_work *w, uint32_t dir);
/* Finds out whether the package of a draft is published. */
void mapping_publish(struct mapping_work *w, struct draft *d);
/* Gives numbers to the contexts by name, and to the drafts. */
struct mapped_context *mapping_contexts(struct mapping_work *w, uint32_t *ret_count);

#endif
