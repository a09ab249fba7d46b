/* SPDX-License-Identifier: MIT */
/* output.c - which reports go where; files by temporary and rename. */
#include "cmd/output.h"

#include "base/fault.h"
#include "base/suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHOWN ".200s"                   /* as much of a path goes into a message */

static int unknown_format(const struct command *c, const char *name, struct err *err)
{
	char near[SUGGEST_BYTES], known[128] = "";
	struct suggest s;
	size_t used = 0;

	suggest_init(&s, name);
	for (unsigned i = 0; c->formats[i]; i++) {
		const char *between = !i ? "" : c->formats[i + 1] ? ", " : " and ";

		suggest_offer(&s, c->formats[i]);
		if (used < sizeof(known))
			used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s",
						 between, c->formats[i]);
	}
	return err_set(err, ERR_USAGE, "unknown format '%.60s'%s%s '%s' prints %s", name,
		       suggest_text(&s, "", near), s.count ? "" : ";", c->name, known);
}

/* "json", "json:PATH", "json:-" */
static int parse_target(const struct command *c, const char *text, struct arena *arena,
			struct output_target *ret, struct err *err)
{
	const char *colon = strchr(text, ':');
	const char *name =
		arena_strndup(arena, text, colon ? (size_t)(colon - text) : strlen(text));

	if (colon && !colon[1])
		return err_set(err, ERR_USAGE, "no path after the colon in '%" SHOWN "'", text);
	for (unsigned i = 0; c->formats[i]; i++)
		if (!strcmp(c->formats[i], name)) {
			ret->format = c->formats[i];
			ret->path = colon && strcmp(colon + 1, "-") ? colon + 1 : NULL;
			return 0;
		}
	return unknown_format(c, name, err);
}

static bool same_path(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Adds it unless it is there already; one place takes one report. */
static int add_target(struct output_target *list, unsigned *count, struct output_target t,
		      struct err *err)
{
	for (unsigned i = 0; i < *count; i++) {
		if (!same_path(list[i].path, t.path))
			continue;
		if (list[i].format == t.format)
			return 0;
		if (t.path)
			return err_set(err, ERR_USAGE, "formats %s and %s both go to '%" SHOWN "'",
				       list[i].format, t.format, t.path);
		return err_set(err, ERR_USAGE,
			       "formats %s and %s both go to standard output; give one a path, "
			       "as in --format %s:FILE",
			       list[i].format, t.format, t.format);
	}
	list[(*count)++] = t;
	return 0;
}

int output_targets(const struct command *c, const struct settings *set, struct arena *arena,
		   struct output_target **ret_target, unsigned *ret_count, struct err *err)
{
	struct output_target *list =
		arena_array(arena, struct output_target, set->formats.count + 2);
	struct output_target t = { .format = NULL };
	unsigned n = 0;

	for (uint32_t i = 0; c->formats && i < set->formats.count; i++)
		if (parse_target(c, set->formats.item[i], arena, &t, err) < 0 ||
		    add_target(list, &n, t, err) < 0)
			return -1;
	if (c->formats && set->json)
		if (parse_target(c, "json", arena, &t, err) < 0 || add_target(list, &n, t, err) < 0)
			return -1;
	if (!n)
		list[n++] = (struct output_target){ .format = c->formats ? c->formats[0] : NULL };
	if (set->output && n > 1)
		return err_set(err, ERR_USAGE,
			       "option '--output' is for one format; with several give each its "
			       "path, as in --format %s:FILE",
			       list[0].format);
	if (set->output && list[0].path)
		return err_set(err, ERR_USAGE,
			       "two places for one report: '%" SHOWN "' and '%" SHOWN "'",
			       list[0].path, set->output);
	if (set->output && strcmp(set->output, "-"))
		list[0].path = set->output;
	*ret_target = list;
	*ret_count = n;
	return 0;
}

bool output_color(enum color_choice choice, bool terminal)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
	const char *cli = getenv("CLICOLOR"), *term = getenv("TERM");

	switch (choice) {
	case COLOR_ALWAYS:
		return true;
	case COLOR_NEVER:
		return false;
	case COLOR_AUTO:
		break;
	}
	if (no && *no)
		return false;
	if (force && *force && strcmp(force, "0"))
		return true;
	if (cli && !strcmp(cli, "0"))
		return false;
	return terminal && !(term && !strcmp(term, "dumb"));
}

static int cannot_write(const char *path, int why, struct err *err)
{
	if (!path)
		return err_set(err, ERR_SYSTEM, "cannot write standard output: %s", strerror(why));
	return err_set(err, ERR_SYSTEM, "cannot write '%" SHOWN "': %s", path, strerror(why));
}

/* mkstemp() makes files that only their owner reads; a report is a file like any other. */
static void apply_umask(int fd)
{
	mode_t mask = umask(0);

	umask(mask);
	/* Some file systems have no modes: then there is nothing to set. */
	if (fchmod(fd, (mode_t)(0666 & ~mask)) < 0)
		errno = 0;
}

static FILE *open_beside(const char *path, struct arena *arena, struct output *o)
{
	char *real = realpath(path, NULL);      /* a link stays, what it names is replaced */
	FILE *file;

	o->final = arena_strdup(arena, real ? real : path);
	free(real);
	const char *slash = strrchr(o->final, '/');
	int dir = slash ? (int)(slash - o->final) + 1 : 0;
	char *temp = arena_printf(arena, "%.*s.meshctl-XXXXXX", dir, o->final);

	/* Before it exists: a signal may arrive any time. */
	o->temp = temp;
	int fd = mkstemp(temp);

	if (fd < 0) {
		o->temp = NULL;
		return NULL;
	}
	apply_umask(fd);
	file = fdopen(fd, "w");
	if (!file)
		close(fd);
	return file;
}

int output_open(const struct output_target *target, enum color_choice color, struct arena *arena,
		struct output *ret, struct err *err)
{
	const char *path = target->path;
	struct stat st;

	*ret = (struct output){ .format = target->format, .path = path };
	if (!path) {
		ret->file = stdout;
	} else {
		bool there = !stat(path, &st);
		size_t len = strlen(path);

		if (!len)
			return cannot_write(path, ENOENT, err);
		if (there && S_ISDIR(st.st_mode))
			return cannot_write(path, EISDIR, err);
		if (path[len - 1] == '/')
			return cannot_write(path, ENOTDIR, err);
		if (there && access(path, W_OK) < 0)
			return cannot_write(path, errno, err);
		/* Renaming onto a device or a pipe would replace it by a file. */
		ret->file = there && !S_ISREG(st.st_mode) ? fopen(path, "w")
							  : open_beside(path, arena, ret);
		if (!ret->file) {
			int why = errno;

			output_discard(ret);
			return cannot_write(path, why, err);
		}
	}
	ret->color = output_color(color, isatty(fileno(ret->file)));
	return 0;
}

/*
 * stdio forgets why an earlier write failed and drops what it held.  The output
 * is lost anyway, so ask again with one byte.
 */
static int ask_again(int fd)
{
	errno = 0;
	return write(fd, "\n", 1) < 0 && errno ? errno : EIO;
}

/* 0 when everything that was printed is in the kernel's hands, else the reason why not. */
static int finish_stream(struct output *o)
{
	bool failed = ferror(o->file);
	int why = fault_hit(FAULT_WRITE) ? ENOSPC : 0;

	errno = 0;
	if (fflush(o->file) && errno)
		why = errno;
	else if (failed)
		why = ask_again(fileno(o->file));
	errno = 0;
	if (o->path && fclose(o->file) && !why)
		why = errno ? errno : EIO;
	o->file = NULL;
	return why;
}

int output_close(struct output *o, struct err *err)
{
	int why = finish_stream(o);

	o->failure = why;
	if (!why && o->temp && rename(o->temp, o->final) < 0)
		o->failure = why = errno;
	if (!why)
		o->temp = NULL;
	output_discard(o);
	return why ? cannot_write(o->path, why, err) : 0;
}

void output_discard(struct output *o)
{
	if (o->file && o->path)
		fclose(o->file);
	o->file = NULL;
	if (o->temp)
		unlink(o->temp);
	o->temp = NULL;
}
