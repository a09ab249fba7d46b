/* SPDX-License-Identifier: MIT */
/* readall.c - reading a file whole. */
#include "base/readall.h"
#include "base/fault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int read_all(const char *path, size_t max, struct arena *arena, const char **ret_bytes,
	     size_t *ret_len, struct err *err)
{
	FILE *f = fopen(path, "rb");
	bool broken = !f;
	size_t len = 0;

	if (f) {
		char *bytes = xrealloc(NULL, max + 1, 1);

		errno = 0;
		len = fault_hit(FAULT_READ) ? errno = EIO, (size_t)0 : fread(bytes, 1, max + 1, f);
		broken = ferror(f) || (!len && errno);
		*ret_bytes = arena_strndup(arena, bytes, len);
		free(bytes);
		fclose(f);
	}
	*ret_len = len;
	return broken ? err_set(err, ERR_CONFIG, "cannot read '%s': %s", path, strerror(errno)) : 0;
}
