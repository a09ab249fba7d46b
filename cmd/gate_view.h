/* SPDX-License-Identifier: MIT */
/* gate_view.h - the rows of the gate: a table for people, a list for programs. */
#ifndef MESHCTL_GATE_VIEW_H
#define MESHCTL_GATE_VIEW_H

#include "analyzers/gate.h"
#include "cmd/report/report.h"

/* "ok", "FAIL", "warn", "off", "no base". */
extern const char *const gate_verdict_name[];

void gate_table(const struct report *r, FILE *out, struct arena *arena);
void gate_member(const struct gate *g, struct json_out *out);

#endif
