/* SPDX-License-Identifier: MIT */
/*
 * fault.h - makes the n-th allocation, read or write fail, so that the tests
 * see every error path.  Only in builds with -DMESHCTL_FAULTS, where
 * MESHCTL_FAIL_ALLOC=n, MESHCTL_FAIL_READ=n and MESHCTL_FAIL_WRITE=n choose n
 * (from 1); elsewhere the calls vanish.
 */
#ifndef MESHCTL_FAULT_H
#define MESHCTL_FAULT_H

#include "base/base.h"

enum fault { FAULT_ALLOC, FAULT_READ, FAULT_WRITE, FAULT_COUNT };

#ifdef MESHCTL_FAULTS
bool fault_hit(enum fault kind);
#else
static inline bool fault_hit(enum fault kind UNUSED)
{
	return false;
}
#endif

#endif
