/* SPDX-License-Identifier: MIT */
/*
 * services_work.h - what the files of this folder share while services are found.
 * Nobody else includes it.
 */
#ifndef MESHCTL_SERVICES_WORK_H
#define MESHCTL_SERVICES_WORK_H

#include "analyzers/services/eval.h"
#include "analyzers/services/services.h"

#include <string.h>

/* Where a call stands, and what dials its connection (node 0 = not known). */
struct call_site { struct expr at, dial; };
struct guard_site { struct expr at; unsigned row; };
/* Guard and call by their places in the lists as they were found. */
struct guard_tie { uint32_t guard, call, use; };

/* A service being put together; lists grow in the arena. */
struct found {
	struct service s;
	uint32_t package;               /* node of its package main; ID_NONE = none */
	const bool *reach;              /* [source.ndirs] what its code is */
	const struct policy_service *policy;    /* NULL = it says nothing of it */
	bool listens;
	bool has_main;                  /* func main is there */
	uint32_t port_cap, route_cap, env_cap, call_cap, guard_cap, discovery_cap;
	/* Beside s.call and s.guard as they are found, and which stand around which. */
	struct call_site *call_site;    uint32_t call_site_cap;
	struct guard_site *guard_site;  uint32_t guard_site_cap;
	struct guard_tie *tie;          uint32_t nties, tie_cap;
	struct service_place *use;      uint32_t nuses, use_cap;
};

/* Room for one more behind item[0..count), in the arena; what was there is copied. */
#define GROW(arena, item, count, cap) \
	do { \
		if ((count) == (cap)) { \
			uint32_t grow_cap = (cap) ? (cap) * 2 : 8; \
			void *grow_new = arena_alloc((arena), grow_cap, sizeof(*(item))); \
			if (count) \
				memcpy(grow_new, (item), (count) * sizeof(*(item))); \
			(item) = grow_new; \
			(cap) = grow_cap; \
		} \
	} while (0)

/* Each list in its order, and each thing of it once. */
void services_order(struct found *item, uint32_t count);

#endif
