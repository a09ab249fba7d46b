/* SPDX-License-Identifier: MIT */
/*
 * output.h - where reports go: standard output, or files that appear whole or
 * not at all, one a format.  Also decides about colour.
 *
 * main opens every stream before a command runs and closes them when it
 * answered; a command only writes to run->output[i].file.
 */
#ifndef MESHCTL_OUTPUT_H
#define MESHCTL_OUTPUT_H

#include "cmd/command.h"

struct output_target {
	const char *format;             /* a name of command.formats; NULL when it has none */
	const char *path;               /* NULL = standard output */
};

struct output {
	const char *format, *path;      /* of the target */
	FILE *file;
	bool color;
	const char *final;              /* replaced by output_close(); NULL: written in place */
	char *temp;                     /* name of the temporary, XXXXXX at its end */
	int failure;                    /* errno of output_close() that failed */
	bool silent;                    /* its format cannot tell that the run failed */
};

/*
 * What --format, --json and -o ask for, at least one target.  ERR_USAGE for an
 * unknown format, two reports in one place, -o beside several formats.
 */
int output_targets(const struct command *c, const struct settings *set, struct arena *arena,
		   struct output_target **ret_target, unsigned *ret_count, struct err *err);

/*
 * Opens a target; the texts of *ret live in the arena.  For a regular file this
 * is a file without a name in the same folder, so that nothing is left however
 * the process ends; output_close() copies it to a temporary and renames that,
 * with the permissions that the umask leaves, while signals wait.  Devices,
 * pipes and the like are written in place.
 */
int output_open(const struct output_target *target, enum color_choice color, struct arena *arena,
		struct output *ret, struct err *err);
/* Flushes, checks, renames.  On failure the file is as it was before. */
int output_close(struct output *o, struct err *err);
/* Closes without renaming.  Standard output keeps what was written to it. */
void output_discard(struct output *o);

/* --color, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM=dumb, then whether it is a terminal. */
bool output_color(enum color_choice choice, bool terminal);

#endif
