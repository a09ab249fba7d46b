/* SPDX-License-Identifier: MIT */
/*
 * render.h - pictures by libgvc, in a child of their own: it is not thread-safe, leaks,
 * may crash, and a layout may take forever.  The child has a clock and a ceiling for
 * its memory; its bytes come back whole or not at all.
 */
#ifndef MESHCTL_DRAW_RENDER_H
#define MESHCTL_DRAW_RENDER_H

#include "base/err.h"

#include <stdio.h>

struct render_job {
	const char *dot;                /* text */
	const char *format;             /* as Graphviz calls it */
	bool bitmap;                    /* has a limit of width and height */
	void *warm;                     /* in the child: what render_start() had done; or NULL */
};

struct render_limits {
	uint64_t seconds, memory, bytes;        /* of the child; of what it sends */
	uint64_t side, area;                    /* pixels of a bitmap */
};

/* Begins what a child sends. */
struct render_head {
	char magic[8];
	uint32_t percent;               /* of its size, to which a bitmap was scaled down */
};
#define RENDER_MAGIC "meshctl"

/*
 * Runs in the child: writes a head and the picture to `out`, why it cannot to stderr,
 * and returns an exit status.
 */
typedef int render_fn(const struct render_job *job, const struct render_limits *limits, FILE *out);
render_fn render_graphviz, render_svg;

/* Those of limits.def. */
struct render_limits render_limits(void);

/*
 * A child that may be started before there is something to draw: `warm` (NULL = nothing) is
 * what it does until then.  NULL and ERR_SYSTEM where there is no such process.
 */
struct render_child;
struct render_child *render_start(render_fn *draw, void *(*warm)(void),
				  const struct render_limits *limits, struct err *err);
/* For render_graphviz: loads it, and what fonts there are. */
void *render_warm(void);
/* Nothing is to be drawn after all; NULL is nothing to end. */
void render_drop(struct render_child *c);
/* What render_run() does, by a child that was started, and that is gone afterwards. */
int render_finish(struct render_child *c, const struct render_job *job, FILE *out,
		  uint32_t *ret_percent, struct err *err);

/*
 * Nothing is written to `out` unless all of the picture is there.  ERR_LIMIT for the
 * clock, ERR_SYSTEM for a child that crashed or had something to say.
 */
int render_run(render_fn *draw, const struct render_job *job, const struct render_limits *limits,
	       FILE *out, uint32_t *ret_percent, struct err *err);

/* What messages say to whoever has no Graphviz. */
#define RENDER_INSTALL "Debian: libgvc6; Fedora: graphviz-libs; Homebrew: graphviz"

#endif
