/* SPDX-License-Identifier: MIT */
/*
 * reporters.h - every reporter by name: the rows of reporters.def; each is
 * defined in the file of its format.
 */
#ifndef MESHCTL_REPORTERS_H
#define MESHCTL_REPORTERS_H

#include "cmd/report/report.h"

#define REPORTER(name) extern const struct reporter reporter_##name;
#include "cmd/report/reporters.def"
#undef REPORTER

#endif
