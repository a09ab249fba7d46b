/* SPDX-License-Identifier: MIT */
/* frameworks.h - by which libraries a tree serves requests and maps tables (frameworks.def). */
#ifndef MESHCTL_FRAMEWORKS_H
#define MESHCTL_FRAMEWORKS_H

#include "graph/source/source.h"

/* It serves requests: one of the frameworks, or net/http. */
bool framework_serves(const char *import_path);
/*
 * "gin, gorm": those that the program (not its tests) imports most, two at most that
 * serve and two that map, in this order; "" without any.  In the arena.
 */
const char *frameworks_text(const struct source *s, struct arena *arena);

#endif
