/* SPDX-License-Identifier: MIT */
/*
 * dot_ids.h - ids for libcgraph that are the same on every run.  Its own are
 * addresses, and subgraphs are written in the order of their ids.
 */
#ifndef MESHCTL_DRAW_DOT_IDS_H
#define MESHCTL_DRAW_DOT_IDS_H

#include "base/base.h"

#include <cgraph.h>

/* Must outlive the graph. */
Agiddisc_t dot_ids(void);

/* libcgraph takes char * and copies. */
static inline char *loose(const char *s)
{
	return (char *)(uintptr_t)s;
}

#endif
