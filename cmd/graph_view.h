/* SPDX-License-Identifier: MIT */
/*
 * graph_view.h - what `meshctl graph` shows, and its formats: the graph at one
 * level, without what only tests have unless they were asked for, cut down to
 * PATTERN and what touches it, to what leads somewhere, to what surrounds a node.
 */
#ifndef MESHCTL_GRAPH_VIEW_H
#define MESHCTL_GRAPH_VIEW_H

#include "cmd/opt.h"
#include "graph/draw/draw.h"
#include "graph/names.h"

#include <stdio.h>

struct findings;                        /* analyzers/policy/finding.h */
struct diff;                            /* cmd/diff.h */
struct mapping;                         /* analyzers/policy/mapping.h */
struct symbols;                         /* graph/symbols.h */
struct policy;                          /* analyzers/policy/policy.h */

enum graph_light {
	LIGHT_NONE, LIGHT_CYCLE, LIGHT_CUT, LIGHT_PATH,
	LIGHT_VIOLATION, LIGHT_CHANGED,
	LIGHT_ACCEPTED, LIGHT_ADDED,    /* come with these two, are never asked for */
};

enum graph_seed { SEED_NONE, SEED_NAMED, SEED_BELOW };  /* focus on it, on all below a folder */

/* What is proven of a knot's cut. */
struct light_knot { uint32_t members, sites, edges, lines, weight, bound; bool optimal; };

struct graph_lights {                   /* enum graph_light of each node and edge */
	uint8_t *node, *edge;
	struct light_knot *knot;        /* with cuts only */
	uint32_t nknots;
};

/* Where a node from outside of the tree is: a module that is required, a path of some other. */
enum outside_part { OUTSIDE_NOT, OUTSIDE_STD, OUTSIDE_MODULE, OUTSIDE_PATH };

struct graph_wish {
	struct level level;
	bool tests, std, external;
	struct string_list focus, reaches, hide;        /* names, as typed; hide: patterns too */
	bool reduce;                    /* only the edges that show who leads where */
	uint32_t depth;                 /* of focus: edges */
	bool collapsed;                 /* to groups of this level, where the focus is not */
	struct level collapse;
	enum graph_light light;
	const char *light_text;         /* as typed */
	const struct findings *findings;        /* of LIGHT_VIOLATION */
	const struct diff *diff;        /* of LIGHT_CHANGED */
	enum cluster_choice cluster;    /* what has a box in a drawing */
	struct symbols *weigh;          /* edges weigh what they use; NULL = import lines */
	const struct mapping *mapping;  /* NULL without a policy */
	struct render_child **early;    /* see struct drawing */
};

struct graph_view {
	const struct source *source;
	const struct graph *packages;   /* the package graph */
	const struct graph *graph;      /* at the level */
	const uint8_t *seed;            /* [npkgs] enum graph_seed; NULL unless collapsed */
	const struct level *collapse;   /* NULL unless collapsed */
	enum cluster_choice boxes;      /* what has a box in a drawing */
	/* [npkgs] the layer, context or domain that all of a node is in, or 0; NULL = not asked */
	const sym_id *cluster;
	uint32_t left_out;              /* packages that are in no group of the level */
	const struct graph *inside;     /* the same without nodes from outside */
	uint8_t *outside; /* [noutside] enum outside_part by label; NULL = none wanted */
	sym_id *outside_name;           /* [noutside] by import path: label of its node */
	uint32_t noutside;
	struct level level;
	bool tests;                     /* test imports count */
	bool *node;                     /* [npkgs] shown */
	bool *edge;                     /* [nedges] shown */
	bool *all_edges;                /* [nedges] those before --reduce; NULL = no other */
	const bool *hidden;             /* [npkgs] by --hide; NULL = none */
	bool *named;                    /* [npkgs] what --focus and --reaches name */
	uint32_t nnodes, nedges;        /* how many are shown */
	uint32_t fitted;                /* how many they were before graph_view_fit(), or 0 */
	const uint32_t *node_of;        /* [packages] of a fitted one; see graph_view_nodes() */
	const char *hides_nothing;      /* a pattern of --hide, or NULL */
	enum graph_light light;         /* what was asked for */
	struct graph_lights lights;     /* none unless asked for */
	struct symbols *weigh;          /* see graph_wish */
	uint32_t *weight;               /* [nedges] of those that are shown; NULL = import lines */
	uint32_t *module_at;            /* [nsyms] by folder: module + 1 */
	uint32_t nsyms;
	const struct mapping *mapping;  /* NULL without a policy */
	const struct policy *policy;    /* whose layers and contexts they are; or NULL */
	enum draw_theme theme;
	struct render_child **early;    /* see struct drawing */
	bool quiet;                     /* nothing on stderr about a picture */
	const char *incomplete;         /* why something may be missing, or NULL */
};

/* Fails for names that mean nothing or several things; release it all the same. */
int graph_view_init(struct graph_view *v, const struct source *s, const struct graph *packages,
		    const struct graph_wish *wish, struct arena *arena, struct err *err);
void graph_view_release(struct graph_view *v);

/* The module that a node belongs to, ID_NONE for none. */
mod_id graph_view_module(const struct graph_view *v, uint32_t node);
/* Does this import line count? */
static inline bool graph_view_counts(const struct graph_view *v, const struct site *site)
{
	return v->tests || !site->test;
}
/* How many import lines of a shown edge count, and the first of them. */
uint32_t graph_view_sites(const struct graph_view *v, uint32_t edge, const struct site **ret_first);

/* Leaves what the wish's names ask for. */
int graph_view_pick(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
		    struct arena *arena, struct err *err);

/* Takes away what the wish's patterns hide; after graph_light_up(), before picking. */
int graph_view_hide(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
		    struct arena *arena, struct err *err);
/* The node that each package of view.packages is in, ID_NONE for none.  In the arena. */
const uint32_t *graph_view_nodes(const struct graph_view *v, struct arena *arena);

/* The package graph and nodes from outside as the wish wants them. */
const struct graph *graph_view_outside(struct graph_view *v, const struct graph *packages,
				       const struct graph_wish *wish, struct arena *arena);
enum outside_part graph_view_part(const struct graph_view *v, uint32_t node);
/* "std", "external", NULL for what is inside. */
const char *outside_part_kind(enum outside_part part);
const char *outside_part_words(enum outside_part part);
/* name_find() that knows nodes from outside; never NAME_OUTSIDE. */
int graph_view_find(const struct graph_view *v, const struct names *n, const char *text,
		    struct arena *arena, struct name *ret, struct err *err);
/* Is it one of the name's?  By its own name even where it is not shown: it was asked for. */
bool graph_view_holds(const struct graph_view *v, const struct names *n, const struct name *name,
		      uint32_t node);

/* What an edge that is shown weighs, in the unit that was asked for. */
uint32_t graph_view_weight(const struct graph_view *v, uint32_t edge);

/* Puts groups in the place of packages, and finds the focus before that. */
int graph_view_collapse(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
			struct arena *arena, struct err *err);
/*
 * The node "layer:NAME" or "context:NAME" for each folder; 0 for what is in none.
 * [source.ndirs], interns.
 */
const sym_id *graph_collapse_parts(const struct source *s, const struct graph *packages,
				   struct level level, struct arena *arena);

/*
 * A view of more than `most` nodes (0 = any number) drawn together by context, layer
 * or folder, the finest of these that fits; highlighted and named nodes stay as
 * they are.  False: it fits as it is, was collapsed, or cannot be.  To be released.
 */
bool graph_view_fit(const struct graph_view *v, uint32_t most, struct arena *arena,
		    struct graph_view *ret);
/* "331 packages drawn as 41, by dir:2"; of a fitted one. */
const char *graph_view_fit_words(const struct graph_view *v, struct arena *arena);
/* Counts what is shown, after leaving the edges that show who leads where. */
void graph_view_count(struct graph_view *v, bool reduce);

/* The part's name that all packages of each node have, 0 for none or several.  In the arena. */
const sym_id *graph_view_parts(const struct graph_view *v, enum graph_part part,
			       struct arena *arena);
/* Which layer, context or domain names a box; PARTS for modules and none. */
enum graph_part graph_cluster_part(enum cluster_choice cluster);
/* Fills view.cluster where the wish asks for such boxes, and view.left_out. */
void graph_view_cluster(struct graph_view *v, const struct graph_wish *wish, struct arena *arena);

/* "cycles", "cut", "path:A..B", "violations", "changed:REV". */
int graph_light_parse(const char *text, enum graph_light *ret, struct err *err);
/* What stands behind the colon of changed:REV. */
const char *graph_light_rev(const char *text);
/* Edges that findings are about, and nodes that have such an import inside. */
void graph_light_violations(const struct graph_view *v, const struct findings *f,
			    struct arena *arena, struct graph_lights *ret);
/* Nodes with another file than before, new imports, and imports of more or fewer lines. */
void graph_light_changes(const struct graph_view *v, const struct diff *d, struct arena *arena,
			 struct graph_lights *ret);
/* "cycle", "cut", "path", ...; NULL for none. */
const char *graph_light_word(enum graph_light light);
/* How a drawing shows it. */
enum draw_mark graph_light_mark(uint8_t light);
/* "example.com/shop, dir:2": the topmost module's path, else the name of its folder. */
const char *graph_view_title(const struct graph_view *v, struct arena *arena);
/* Fills view.lights, for all of the graph. */
int graph_light_up(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
		   struct arena *arena, struct err *err);
/* Members and edges of knots. */
void graph_light_circles(const struct graph_view *v, struct graph_lights *ret);

/* The formats. */
int graph_write_edges(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_json(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_dot(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_svg(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_png(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_graphml(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_mermaid(const struct graph_view *v, FILE *out, struct err *err);

#endif
