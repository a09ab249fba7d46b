/* SPDX-License-Identifier: MIT */
/*
 * intake.h - the state of one source_read() while it collects: what locate.c,
 * walk.c, scan.c and source.c share.  Nobody else includes it.
 */
#ifndef MESHCTL_INTAKE_H
#define MESHCTL_INTAKE_H

#include "graph/source/source.h"
#include "graph/source/tree.h"

enum match_kind {
	MATCH_BELOW,                    /* every package at or below location.below */
	MATCH_ONE,                      /* the package in location.below alone */
	MATCH_PATH,                     /* folders that fit location.glob */
	MATCH_IMPORT,                   /* import paths that fit location.glob */
};

struct location {
	struct tree *tree;
	const char *root;               /* absolute */
	const char *start; /* where reading begins: workspace, module or PATTERN's folder */
	const char *below;              /* PATTERN's folder */
	enum match_kind match;
	const char *glob;               /* "..." stands for any text */
	bool in_repository;             /* a folder on disk with .git in it or above */
};

/* A module's own state while it is walked. */
struct intake_file { const char *name; uint32_t ref; };

struct intake {
	struct source *s;
	const struct source_options *o;
	struct location at;

	struct go_module *module;
	struct go_dir *dir;
	struct go_file *file;
	uint32_t *ref;                  /* [file] for tree_read */
	struct go_import *import;
	struct go_directive *directive;
	struct source_problem *problem;
	uint32_t nmodules, ndirs, nfiles, nimports, ndirectives, nproblems;
	uint32_t module_cap, dir_cap, file_cap, ref_cap, import_cap, directive_cap, problem_cap;
};

/* Understands -C, PATTERN, --rev and --staged: fills in->at, s->root and, for both, s->rev. */
int locate(struct intake *in, struct err *err);
/* Does the package in this folder belong to what PATTERN asks for? */
bool location_reports(const struct location *at, const char *dir, const char *import_path,
		      struct arena *scratch);
/* "..." in pattern is any text; a final "/..." may be nothing at all. */
bool pattern_fits(const char *pattern, const char *text);

/* Finds modules, folders and files. */
void walk(struct intake *in);
void intake_problem(struct intake *in, enum problem_kind kind, const char *path, uint32_t line,
		    uint32_t col, const char *text);

/* Reads the heads of all files with the workers; fills file[] and import[]. */
void scan_files(struct intake *in);

#endif
