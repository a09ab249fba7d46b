/* SPDX-License-Identifier: MIT */
/*
 * replace.h - changing a file so that nobody ever sees half of it, and no writer
 * loses what another wrote: a lock beside it, then read, then a new file beside
 * it, fsync, rename, fsync of the folder.
 *
 * The lock is one of the system's (fcntl) on FILE.lock: it ends with the process,
 * however that ends; what is left of a killed one is taken over by the next.
 */
#ifndef MESHCTL_REPLACE_H
#define MESHCTL_REPLACE_H

#include "base/arena.h"
#include "base/err.h"

struct replace {
	const char *shown;              /* as given, for messages */
	const char *path;               /* links followed: they stay, what they name is replaced */
	const char *lock, *temp;
	int lock_fd;
	bool there;
};

/*
 * Waits for other writers, for some seconds.  On failure there is nothing to end.
 * ERR_SYSTEM names the cause; a folder, a device, a link that leads nowhere are
 * refused.
 */
int replace_begin(const char *path, struct arena *arena, struct replace *ret, struct err *err);
/* What is in it now, NUL behind; *ret_bytes NULL where there is no file.  ERR_LIMIT beyond max. */
int replace_read(const struct replace *r, size_t max, struct arena *arena,
		 const char **ret_bytes, size_t *ret_len, struct err *err);
/* The new contents.  On failure the file is as it was. */
int replace_put(const struct replace *r, const char *bytes, size_t len, struct err *err);
/* Lets the next one in. */
void replace_end(struct replace *r);

/* The same as replace_read() without a lock: for those who only read. */
int file_read(const char *path, size_t max, struct arena *arena, const char **ret_bytes,
	      size_t *ret_len, struct err *err);

#endif
