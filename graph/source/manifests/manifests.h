/* SPDX-License-Identifier: MIT */
/*
 * manifests.h - Kubernetes and mesh manifests as they stand in a tree, with the line and
 * column of every node.  Facts only: analyzers/mesh/ judges them.
 *
 * A manifest is a document with apiVersion and kind; a List is what it lists.  What is
 * not one is counted, or kept apart where somebody has to be told.
 */
#ifndef MESHCTL_MANIFESTS_H
#define MESHCTL_MANIFESTS_H

#include "base/yaml.h"
#include "graph/source/manifests/chart_images.h"

struct tree;

struct manifest {
	const char *path;               /* of its file, as manifests_options has it told */
	const struct yaml_node *root;   /* a map */
	const char *api, *kind;         /* "apps/v1" "Deployment" */
	const char *name, *space;       /* metadata.name and .namespace; "" = not given */
	const struct yaml_node *name_at;        /* the name's node, else the kind's */
	bool patch;                     /* a part of one: a kustomization lays it over others */
};

/* A document that could not be read.  `at` as in struct span; line 0: the whole file. */
struct manifest_problem { const char *path, *text; uint32_t line, col; };

/* A Helm chart: its templates are programs, not manifests. */
struct manifest_chart {
	const char *folder, *path;      /* of Chart.yaml */
	uint32_t templates;             /* files below templates/, and others that hold {{ */
};

/* An image that a template of a chart names, where no value of the chart could choose. */
struct manifest_image { const char *path; struct chart_image image; };

/* A document of another kind that is worth a look: values.yaml, a collector's configuration. */
struct manifest_file { const char *path; const struct yaml_node *root; };

struct manifests {
	const struct manifest *item;            /* by path, in the order of the file */
	const struct manifest_problem *problem; /* by path */
	const struct manifest_problem *loose;   /* templates outside of charts; text "" */
	const struct manifest_chart *chart;     /* by folder */
	const struct manifest_file *values, *collector;
	const struct manifest_image *image;     /* in the order of the files */
	uint32_t count, nproblems, nloose, ncharts, nvalues, ncollectors, nimages;
	/* Proof of work. */
	uint32_t files;                 /* that were opened */
	uint32_t documents;             /* in them */
	uint32_t others;                /* documents that are no manifests */
	uint32_t templates;             /* files that are not rendered */
	uint32_t kustomizations;
	uint64_t bytes;
	const char *cut;                /* the limit that was reached; NULL = none */
};

struct manifests_options {
	const char *dir;                /* where to look, from the tree's root; "" = everywhere */
	const char *file;               /* alone, whatever its name; NULL = those below dir */
	const char *before;             /* a folder that paths are told with; NULL = none */
	/* Is this file one of those?  NULL = every one. */
	bool (*wants)(const void *ctx, const char *path);
	const void *ctx;
};

/*
 * Reads *.yaml, *.yml and *.json below the folder, but for what is hidden, vendor,
 * node_modules and testdata.  Everything lives in the arena.  ERR_INPUT: a folder
 * cannot be listed.
 */
int manifests_read(struct tree *t, const struct manifests_options *o, struct arena *arena,
		   struct manifests *ret, struct err *err);

/*
 * The same of one file that a descriptor gives to its end, under the name that is told.
 * It is what a program wrote: nothing in it is taken for a template.
 */
int manifests_read_fd(int fd, const char *name, struct arena *arena, struct manifests *ret,
		      struct err *err);

/* The value behind keys: manifest_at(m, "spec", "template", NULL); NULL = not there. */
#define manifest_at(n, ...) manifest_walk((n), (const char *const[]){ __VA_ARGS__ })
const struct yaml_node *manifest_walk(const struct yaml_node *n, const char *const *keys);
/* Its text, or "". */
const char *manifest_text(const struct yaml_node *n);

#endif
