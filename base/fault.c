/* SPDX-License-Identifier: MIT */
/* fault.c - counts calls and fails the chosen one; empty in ordinary builds. */
#include "base/fault.h"

#ifdef MESHCTL_FAULTS
#include <stdatomic.h>
#include <stdlib.h>

/* The one mutable file-scope state outside main: a test instrument, compiled out of releases. */
static atomic_ulong calls[FAULT_COUNT];

bool fault_hit(enum fault kind)
{
	static const char *const names[FAULT_COUNT] = {
		[FAULT_ALLOC] = "MESHCTL_FAIL_ALLOC",
		[FAULT_READ] = "MESHCTL_FAIL_READ",
		[FAULT_WRITE] = "MESHCTL_FAIL_WRITE",
	};
	const char *text = getenv(names[kind]);

	if (!text)
		return false;
	return atomic_fetch_add(&calls[kind], 1) + 1 == strtoul(text, NULL, 10);
}
#else
typedef int fault_c_is_empty_in_this_build;
#endif
