/* SPDX-License-Identifier: MIT */
/* ci.h - what CI systems read, with meshctl in it: the rows of templates/ci.def. */
#ifndef MESHCTL_TEMPLATES_CI_H
#define MESHCTL_TEMPLATES_CI_H

#include "base/arena.h"

struct ci_template {
	const char *name, *path;        /* of the file, from the repository's root on */
	const char *next;               /* what is left to do */
	const unsigned char *text;
	const size_t *len;
};

extern const struct ci_template ci_templates[];
extern const unsigned nci_templates;

/* The file's text, in the arena. */
const char *ci_template_text(const struct ci_template *t, struct arena *arena);

#endif
