/* SPDX-License-Identifier: MIT */
/*
 * propose.h - which policy a tree as it is would fit: the starter that knows most
 * of its folders, contexts from what repeats, programs and what wires them, a
 * shared kernel of packages behind which there is neither I/O nor a context.
 * Every part says why, so that `init` can write it beside the guess.
 */
#ifndef MESHCTL_PROPOSE_H
#define MESHCTL_PROPOSE_H

#include "analyzers/policy/mapping.h"
#include "analyzers/policy/starter.h"

/* A starter whose layers tell of less than this share of the packages is none. */
#define PROPOSE_LEAST_PERCENT 5u

struct proposed_context {
	const char *name;
	uint32_t packages;
	const char *const *in;          /* patterns */
	uint32_t nin;
};

struct proposed_folder {
	const char *pattern;            /* "pkg/log", relative to the policy's folder */
	const char *folder;
	const char *why;                /* one line */
};

struct proposed_folders { const struct proposed_folder *item; uint32_t count; };

struct proposal {
	const struct starter *starter;  /* NULL: none fits */
	uint32_t packages;              /* of the tree, external tests apart */
	uint32_t layered[STARTER_COUNT];/* of these, in a layer of each starter */
	/* Of these, in layers that not every tree has (helpers, programs, tests). */
	uint32_t telling;
	/* What each layer of the starter would hold. */
	const struct policy *policy;    /* the starter's own, or NULL */
	const uint32_t *layer_packages; /* [policy.nlayers] */
	/* In which layer imports say that a package is, where its name does not. */
	const struct proposed_folders *placed;  /* [policy.nlayers], NULL without a starter */
	uint32_t nplaced;               /* packages in all of these */
	uint32_t nmoved;                /* programs of `main` in the folder of another layer */
	const uint32_t *decided;        /* [policy.npatterns] packages that each pattern places */
	/* the starter's patterns name them; `context` tells which */
	bool starter_contexts;
	const struct proposed_context *context;
	uint32_t ncontexts, in_contexts;/* packages in any */
	struct proposed_folders main;   /* besides the starter's: programs, what wires contexts */
	struct proposed_folders shared, not_shared;
	struct proposed_folders unmapped;       /* top folders, with their counts as `why` */
	uint32_t nunmapped;
	struct proposed_folders exclude;/* files that cannot be read */
};

/*
 * How the tree is laid out, and no more: everything down to in_contexts.  A small
 * part of what reading the tree takes.
 */
void propose_layout(const struct source *s, const struct graph *g, const char *folder,
		    struct arena *arena, struct proposal *ret);
/* For a policy in `folder` (relative to source.root).  Lives in the arena. */
void propose(const struct source *s, const struct graph *g, const char *folder,
	     struct arena *arena, struct proposal *ret);

#endif
