/* SPDX-License-Identifier: MIT */
/*
 * headcache.h - the facts of heads from one run to the next: in the fact cache, by
 * blob id.  What is there need not be opened.
 *
 * Files are kept in portions of about sixteen, chosen by their paths, and a portion
 * is found by the names and ids of its files and by all that the facts depend on
 * beside them: nothing is ever out of date, and one changed file costs one portion.
 * Small trees are not worth it, and files whose id is not known are read as ever.
 */
#ifndef MESHCTL_HEADCACHE_H
#define MESHCTL_HEADCACHE_H

#include "graph/source/blobid.h"
#include "graph/source/headfacts.h"
#include "graph/source/intake.h"

#define HEADCACHE_FEWEST 128u           /* files; fewer are read sooner than asked for */

struct headcache;

/*
 * Fills fact[file] where it is known; the rest is for the caller, until headcache_close().
 * NULL where the cache is not wished for or of no use.
 */
struct headcache *headcache_open(struct intake *in, struct head_facts *fact, unsigned workers);
/*
 * The file was read into buf, its head at least, and its facts are of that: notes whether
 * they may be stored.  May read the rest.  For many threads, each with its own buf; c may be NULL.
 */
void headcache_prove(struct headcache *c, uint32_t file, const char *path, struct tree_buf *buf);
/* Stores what was found in bytes that are what git says.  No fact of the cache is used later. */
void headcache_close(struct headcache *c);

#endif
