/* SPDX-License-Identifier: MIT */
/* samefacts.h - do two trees that were read say the same, but for what bodies hold? */
#ifndef MESHCTL_SAMEFACTS_H
#define MESHCTL_SAMEFACTS_H

#include "graph/source/source.h"

/*
 * Of trees that were read with the same wishes: are modules, folders, files, imports,
 * directives and problems the same, place by place, and go.mod and go.work byte by byte?
 * `lines`: and is every file as long?  rev, the bytes that were read, and without `lines`
 * the lengths of files are no part of it.
 */
bool source_same_facts(const struct source *a, const struct source *b, bool lines);

#endif
