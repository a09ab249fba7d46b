/* SPDX-License-Identifier: MIT */
/* bodyfact.h - which files' bodies analyses judge, and where what is in them stands. */
#ifndef MESHCTL_BODYFACT_H
#define MESHCTL_BODYFACT_H

#include "analyzers/analyzer.h"

/* Its body was read, it is asked for and built, and is neither generated, a test nor vendored. */
bool bodyfact_judged(const struct analysis *a, uint32_t file);
/* The same but for being asked for: what others may refer to. */
bool bodyfact_counts(const struct analysis *a, uint32_t file);
struct span bodyfact_span(const struct analysis *a, uint32_t file, uint32_t line, uint32_t col);
/* The identity of the package that the file is in. */
const char *bodyfact_package(const struct analysis *a, uint32_t file);

#endif
