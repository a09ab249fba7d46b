/* SPDX-License-Identifier: MIT */
/*
 * layout_view.h - how a tree is laid out: without a policy which starter knows
 * most of its folders and what repeats, with one what it makes of the packages.
 */
#ifndef MESHCTL_LAYOUT_VIEW_H
#define MESHCTL_LAYOUT_VIEW_H

#include "cmd/report/report.h"

/* The block LAYOUT of `analyze`; nothing where PATTERN asks for a part only. */
void layout_block(const struct report *r, FILE *out, struct arena *a);
/* The member "layout": the same as numbers; null where the block says nothing. */
void layout_member(const struct report *r, struct json_out *out, struct arena *a);

#endif
