/* SPDX-License-Identifier: MIT */
/*
 * gitloose.h - loose objects of a git repository, read by meshctl itself.
 *
 * libgit2 1.5 never returns from a loose object whose compressed data end too
 * early (a crash or a full disk leaves such files).
 */
#ifndef MESHCTL_GITLOOSE_H
#define MESHCTL_GITLOOSE_H

struct git_repository;                  /* libgit2's */

/*
 * Puts the reader before libgit2's own.  Without it, where there is no memory
 * for it, everything works but the hang.
 */
void gitloose_add(struct git_repository *repo);

#endif
