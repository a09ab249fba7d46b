/* SPDX-License-Identifier: MIT */
/*
 * link.h - what a body_ref means: which import of its file the qualifier is, and
 * which declaration the name is, where the package lies in the tree.
 *
 * The qualifier is an import's alias, else the name in the package clause of the
 * package that the import resolves to in the tree, else what fits the import path
 * best and no other of the file as well (link_name.h), where the own package does
 * not declare it.
 */
#ifndef MESHCTL_LINK_H
#define MESHCTL_LINK_H

#include "graph/source/bodies.h"

struct link;

/*
 * Of the files in `bodies`.  Declarations of imported packages are looked up
 * where their files are in `bodies` too.  In the arena.
 */
struct link *link_new(const struct source *s, const struct bodies *b, struct arena *arena);

struct linked {
	uint32_t import;                /* into source.import; ID_NONE = no import's name */
	dir_id dir;                     /* the package in the tree; ID_NONE = outside of it */
	file_id file;                   /* where the name is declared; ID_NONE = not found */
	uint32_t decl;                  /* into that file's body.decl */
};

/* What reference number `ref` of the file's body.ref means. */
void link_ref(struct link *l, file_id file, uint32_t ref, struct linked *ret);
/*
 * What use number `use` of the file's body.use means: a name of the own package,
 * of test files too where the file is one, else of a dot import.  All ID_NONE for
 * what is predeclared or unknown.
 */
void link_use(struct link *l, file_id file, uint32_t use, struct linked *ret);
/*
 * The declaration of `name` in the package in dir (any build configuration; the
 * first by file, test files last).  test_package: of the package foo_test.
 */
bool link_decl(struct link *l, dir_id dir, const char *name, bool test_package, file_id *ret_file,
	       uint32_t *ret_decl);

/* How much of what crosses packages could be resolved. */
struct link_share {
	uint64_t refs;                  /* selectors on no name of the own package */
	uint64_t imported;              /* of these, those whose qualifier is an import */
	uint64_t internal;              /* of these, to packages of the tree */
	uint64_t declared;              /* of these, with their declaration */
};
void link_count(struct link *l, struct link_share *ret);

#endif
