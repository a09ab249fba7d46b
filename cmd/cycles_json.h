/* SPDX-License-Identifier: MIT */
/*
 * cycles_json.h - the levels of a repository and its knots for programs: `meshctl
 * cycles --json` and the page of `meshctl report`.
 */
#ifndef MESHCTL_CYCLES_JSON_H
#define MESHCTL_CYCLES_JSON_H

#include "analyzers/circles.h"
#include "cmd/report/report.h"

/*
 * Adds levels, levels_skipped and knots, each with its cut and advice.  shown: the
 * row of the level that people see, ID_NONE for none; `only` its knots, else all.
 */
int cycles_members(const struct report *r, const struct circle_table *t, uint32_t shown, bool only,
		   struct symbols *weigh, struct json_out *out, struct err *err);

#endif
