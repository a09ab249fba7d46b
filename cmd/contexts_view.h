/* SPDX-License-Identifier: MIT */
/* contexts_view.h - the CONTEXTS block of analyze, for people and as JSON. */
#ifndef MESHCTL_CONTEXTS_VIEW_H
#define MESHCTL_CONTEXTS_VIEW_H

#include "cmd/report/report.h"

/* Nothing where none are guessed or PATTERN asks for a part of the tree only. */
void contexts_block(const struct report *r, FILE *out, struct arena *a);
/* The member "contexts": an array, empty in those cases. */
void contexts_member(const struct report *r, struct json_out *out, struct arena *a);

#endif
