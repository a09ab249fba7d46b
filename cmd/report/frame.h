/* SPDX-License-Identifier: MIT */
/*
 * frame.h - code frames: the line that a finding is about, with a caret below
 * the column.  Tabs are widened, controls made visible, long lines cut around
 * the caret.
 */
#ifndef MESHCTL_FRAME_H
#define MESHCTL_FRAME_H

#include "graph/source/source.h"

#include <stdio.h>

struct frames {
	const struct source *source;
	struct arena file;              /* bytes of the file last asked for */
	struct arena line;
	sym_id path;
	const char *bytes;              /* NULL: it cannot be read any more */
	size_t len;
};

void frames_init(struct frames *f, const struct source *s);
void frames_release(struct frames *f);
/* Prints nothing where the place has no line, or the file is gone. */
void frame_print(struct frames *f, const struct span *at, bool color, FILE *out);

/*
 * The line itself, as frame_line() has it, in the frames' arena `line`.  NULL where it
 * is not there or cannot be read.
 */
const char *frame_text(struct frames *f, const struct span *at, size_t columns, size_t *ret_caret);

/*
 * One line of code in at most `columns`; *ret_caret is the column (from 0) under
 * which byte column `col` (from 1) is.
 */
const char *frame_line(struct arena *a, const char *line, size_t len, size_t col, size_t columns,
		       size_t *ret_caret);

#endif
