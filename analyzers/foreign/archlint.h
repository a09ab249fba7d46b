/* SPDX-License-Identifier: MIT */
/*
 * archlint.h - what archlint_read.c has read of .go-arch-lint.yml, for archlint.c.
 * Nobody else includes it.
 */
#ifndef MESHCTL_ARCHLINT_H
#define MESHCTL_ARCHLINT_H

#include "analyzers/foreign/foreign.h"

struct component {
	const char *name;
	const struct yaml_node *at;
	const struct regex **glob;
	uint32_t nglobs;
	uint32_t in, held;              /* marks */
	uint64_t files;                 /* that it matches */
	bool any_project, any_vendor;
	bool *uses;                     /* [ncomponents] */
	bool *vendor;                   /* [nvendors] */
};

struct vendor {
	const char *name;
	struct foreign_texts in;
	const struct regex **glob;      /* [in.count] */
	uint32_t mark;
};

struct archlint {
	struct component *component;
	struct vendor *vendor;
	uint32_t ncomponents, nvendors;
	const char *workdir;            /* "" = the folder itself */
	bool all_vendors;
	const struct regex **exclude, **exclude_file;
	uint32_t nexclude, nexclude_file;
	uint32_t project, judged;       /* marks */
};

/* Fills f->own. */
int archlint_read(struct foreign *f, struct err *err);
/* Does the component have packages of this folder? */
bool archlint_in(const struct foreign *f, const struct component *c, const char *folder);
bool archlint_excluded(const struct foreign *f, const struct archlint *a, const char *folder,
		       const char *name);

#endif
