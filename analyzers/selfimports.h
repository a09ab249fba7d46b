/* SPDX-License-Identifier: MIT */
/*
 * selfimports.h - packages that import themselves: the circle of one, which no
 * graph shows, because its edges join different packages.
 */
#ifndef MESHCTL_SELFIMPORTS_H
#define MESHCTL_SELFIMPORTS_H

#include "analyzers/analyzer.h"

/*
 * Reports ordinary files that import their own package (RULE_PACKAGE_CYCLE), or
 * the test files inside of it that do (RULE_REFUSED_TEST).  Returns how many
 * such imports there are.
 */
uint64_t self_imports(const struct analysis *a, bool tests);
/* Marks the folders of packages that do, [ndirs]: by ordinary files, with `tests` by those too. */
void self_importers(const struct source *s, bool tests, bool *ret_dir);

#endif
