/* SPDX-License-Identifier: MIT */
/* adr_text.h - decision records from templates/adr, or from a folder of one's own. */
#ifndef MESHCTL_TEMPLATES_ADR_TEXT_H
#define MESHCTL_TEMPLATES_ADR_TEXT_H

#include "base/json_tree.h"
#include "graph/source/adr/adr.h"

/* "madr.md": the template's file name, for a folder of one's own too. */
const char *adr_template_file(enum adr_format format);
/* ".md" */
const char *adr_suffix(enum adr_format format);
/*
 * The record of this format, in the arena.  `dir` (NULL = none) is looked into first,
 * for templates and for what they include.  ERR_CONFIG: a template of one's own is wrong.
 */
int adr_text(enum adr_format format, const char *dir, const struct json *data, struct arena *arena,
	     const char **ret, struct err *err);

#endif
