/* SPDX-License-Identifier: MIT */
/* pool.c - threads that take chunks of a shared counter. */
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* Large enough that the counter is not contended, small enough to balance big files. */
#define CHUNK 16u

struct pool {
	atomic_uint next;
	uint32_t njobs, chunk;
	void (*job)(void *ctx, unsigned worker, uint32_t index);
	void *ctx;
};

struct worker {
	struct pool *pool;
	pthread_t thread;
	unsigned number;
	bool started;
};

unsigned pool_default_workers(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 1)
		return 1;
	return n > (long)POOL_MAX_WORKERS ? POOL_MAX_WORKERS : (unsigned)n;
}

static void *work(void *arg)
{
	const struct worker *w = arg;
	struct pool *pool = w->pool;

	for (;;) {
		uint32_t from = atomic_fetch_add(&pool->next, pool->chunk);

		/* The counter stops far below wrapping: njobs is checked by pool_run. */
		if (from >= pool->njobs)
			return NULL;
		for (uint32_t i = from; i < from + pool->chunk && i < pool->njobs; i++)
			pool->job(pool->ctx, w->number, i);
	}
}

static void run(unsigned nworkers, uint32_t njobs, uint32_t chunk,
		void (*job)(void *ctx, unsigned worker, uint32_t index), void *ctx)
{
	struct worker workers[POOL_MAX_WORKERS] = { 0 };
	struct pool pool = { .njobs = njobs, .chunk = chunk, .job = job, .ctx = ctx };

	if (njobs > UINT32_MAX - POOL_MAX_WORKERS * CHUNK * 2)
		BUG("%u jobs", njobs);
	if (!nworkers || nworkers > POOL_MAX_WORKERS)
		BUG("%u workers", nworkers);
	for (unsigned i = 0; i < nworkers; i++)
		workers[i] = (struct worker){ .pool = &pool, .number = i };
	/* Threads for a handful of jobs cost more than they bring. */
	for (unsigned i = 1; i < nworkers && njobs > chunk * i; i++)
		workers[i].started = !pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	work(&workers[0]);
	for (unsigned i = 1; i < nworkers; i++)
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
}

void pool_run(unsigned nworkers, uint32_t njobs,
	      void (*job)(void *ctx, unsigned worker, uint32_t index), void *ctx)
{
	run(nworkers, njobs, CHUNK, job, ctx);
}

void pool_run_large(unsigned nworkers, uint32_t njobs,
		    void (*job)(void *ctx, unsigned worker, uint32_t index), void *ctx)
{
	run(nworkers, njobs, 1, job, ctx);
}

struct beside {
	pthread_t thread;
	void (*work)(void *ctx);
	void *ctx;
};

static void *work_beside(void *arg)
{
	const struct beside *b = arg;

	b->work(b->ctx);
	return NULL;
}

struct beside *beside_start(void (*do_it)(void *ctx), void *ctx)
{
	struct beside *b = xcalloc(1, sizeof(*b));

	b->work = do_it;
	b->ctx = ctx;
	if (!pthread_create(&b->thread, NULL, work_beside, b))
		return b;
	free(b);
	do_it(ctx);
	return NULL;
}

void beside_wait(struct beside *b)
{
	if (b)
		pthread_join(b->thread, NULL);
	free(b);
}
