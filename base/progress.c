/* SPDX-License-Identifier: MIT */
/* progress.c - a thread that waits a second, then says how long and at what. */
#include "base/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIRST_MS 1000
#define NEXT_MS 250

struct progress {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const char *what;
	bool stop;
};

static void add_ms(struct timespec *t, long ms)
{
	t->tv_nsec += ms * 1000000L;
	t->tv_sec += t->tv_nsec / 1000000000L;
	t->tv_nsec %= 1000000000L;
}

static void *tell(void *ctx)
{
	struct progress *p = ctx;
	struct timespec begin, next, now;
	bool told = false;

	clock_gettime(CLOCK_REALTIME, &begin);
	next = begin;
	add_ms(&next, FIRST_MS);
	pthread_mutex_lock(&p->lock);
	while (!p->stop) {
		/* Woken early only to stop. */
		if (!pthread_cond_timedwait(&p->changed, &p->lock, &next))
			continue;
		clock_gettime(CLOCK_REALTIME, &now);
		fprintf(stderr, "\rmeshctl: %ld s, %s\033[K", (long)(now.tv_sec - begin.tv_sec),
			p->what);
		fflush(stderr);
		told = true;
		next = now;
		add_ms(&next, NEXT_MS);
	}
	pthread_mutex_unlock(&p->lock);
	if (told) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	return NULL;
}

struct progress *progress_start(bool wanted)
{
	const char *term = getenv("TERM");
	struct progress *p;

	if (!wanted || !isatty(STDERR_FILENO) || !term || !strcmp(term, "dumb"))
		return NULL;
	p = xcalloc(1, sizeof(*p));
	p->what = "starting";
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	if (!pthread_create(&p->thread, NULL, tell, p))
		return p;
	/* Without it all goes on as well. */
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	free(p);
	return NULL;
}

void progress_at(struct progress *p, const char *what)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->what = what;
	pthread_mutex_unlock(&p->lock);
}

void progress_stop(struct progress *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_signal(&p->changed);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
