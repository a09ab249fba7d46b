/* SPDX-License-Identifier: MIT */
/*
 * pool.h - the worker pool: a parallel loop over independent jobs.
 *
 * job(ctx, worker, index) runs once for each index in [0, njobs); worker is in
 * [0, nworkers) and no two jobs with the same worker run at once, so it indexes
 * per-worker scratch.  Order is not fixed: a job writes to its own slot and the
 * caller reads the slots in order, which keeps output independent of threads.
 * Where a thread cannot be started the rest does its work.
 */
#ifndef MESHCTL_POOL_H
#define MESHCTL_POOL_H

#include "base/base.h"

#define POOL_MAX_WORKERS 64u

/* The processors that are online, 1 to POOL_MAX_WORKERS. */
unsigned pool_default_workers(void);
void pool_run(unsigned nworkers, uint32_t njobs,
	      void (*job)(void *ctx, unsigned worker, uint32_t index), void *ctx);

/* The same where jobs differ much in what they take: each is handed out by itself, from 0 up. */
void pool_run_large(unsigned nworkers, uint32_t njobs,
		    void (*job)(void *ctx, unsigned worker, uint32_t index), void *ctx);

/*
 * One piece of work in a thread beside the caller, who waits for it before looking at what it
 * wrote.  Where no thread can be started it is done at once.
 */
struct beside;
struct beside *beside_start(void (*work)(void *ctx), void *ctx);
/* NULL is nothing to wait for. */
void beside_wait(struct beside *b);

#endif
