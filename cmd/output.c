/* SPDX-License-Identifier: MIT */
/* output.c - which reports go where; files by temporary and rename. */
#include "cmd/output.h"

#include "base/fault.h"
#include "base/suggest.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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

/* The folder of a path that need not exist yet. */
static bool stat_folder(const char *path, struct stat *ret)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX] = ".";
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	if (len >= sizeof(folder))
		return false;
	if (slash) {
		memcpy(folder, path, len);
		folder[len] = '\0';
	}
	return !stat(folder, ret);
}

/* Also under two spellings, or by a link: of two reports in one file the last would win. */
static bool same_path(const char *a, const char *b)
{
	struct stat sa, sb;

	if (!a || !b)
		return a == b;
	if (!strcmp(a, b))
		return true;
	if (!stat(a, &sa) && !stat(b, &sb))
		return S_ISREG(sa.st_mode) && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
	const char *base_a = strrchr(a, '/'), *base_b = strrchr(b, '/');

	return !strcmp(base_a ? base_a + 1 : a, base_b ? base_b + 1 : b) && stat_folder(a, &sa) &&
	       stat_folder(b, &sb) && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
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

/* "knot.png": the format that the end of the path stands for, the first without one. */
static const char *default_format(const struct command *c, const char *path)
{
	const char *dot = path ? strrchr(path, '.') : NULL;

	for (unsigned i = 0; dot && c->suffixes && c->suffixes[i].suffix; i++)
		if (!strcasecmp(c->suffixes[i].suffix, dot + 1))
			return c->suffixes[i].format;
	return c->formats ? c->formats[0] : NULL;
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
		list[n++] = (struct output_target){ .format = default_format(c, set->output) };
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

/*
 * mkstemp() makes files that only their owner reads; a report is a file like any
 * other, and one that is written again keeps what its owner allowed.
 */
static void apply_mode(int fd, const char *final)
{
	struct stat before;
	mode_t mask = umask(0), mode = 0666 & ~mask;

	umask(mask);
	if (!stat(final, &before) && S_ISREG(before.st_mode))
		mode = before.st_mode & 0777;
	/* Some file systems have no modes: then there is nothing to set. */
	if (fchmod(fd, mode) < 0)
		errno = 0;
}

/* A new file beside the final one; its name is in temp. */
static int make_temp(struct output *o)
{
	size_t len = strlen(o->temp);

	for (size_t i = len - 6; i < len; i++)
		o->temp[i] = 'X';
	return mkstemp(o->temp);
}

/* While a temporary has a name; a signal that comes meanwhile ends the process afterwards. */
static void hold_signals(sigset_t *ret_before)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, ret_before);
}

static FILE *open_beside(const char *path, struct arena *arena, struct output *o)
{
	char *real = realpath(path, NULL);      /* a link stays, what it names is replaced */

	o->final = arena_strdup(arena, real ? real : path);
	free(real);
	const char *slash = strrchr(o->final, '/');
	int dir = slash ? (int)(slash - o->final) + 1 : 0;

	o->temp = arena_printf(arena, "%.*s.meshctl-XXXXXX", dir, o->final);
	sigset_t before;

	hold_signals(&before);
	int fd = make_temp(o);
	int why = errno;

	if (fd >= 0)
		unlink(o->temp);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = why;
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w+");

	if (!file && fd >= 0)
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
static int flush_stream(struct output *o)
{
	bool failed = ferror(o->file);

	if (fault_hit(FAULT_WRITE))
		return ENOSPC;
	errno = 0;
	if (fflush(o->file) && errno)
		return errno;
	return failed ? ask_again(fileno(o->file)) : 0;
}

static int copy_bytes(int from, int to)
{
	char bytes[16384];
	off_t at = 0;
	ssize_t n, m;

	while ((n = pread(from, bytes, sizeof(bytes), at)) > 0) {
		for (ssize_t done = 0; done < n; done += m)
			if ((m = write(to, bytes + done, (size_t)(n - done))) < 0)
				return errno;
		at += n;
	}
	return n < 0 ? errno : 0;
}

static int copy_and_rename(struct output *o)
{
	int fd = make_temp(o);

	if (fd < 0)
		return errno;
	apply_mode(fd, o->final);
	int why = copy_bytes(fileno(o->file), fd);

	if (close(fd) < 0 && !why)
		why = errno;
	if (!why && rename(o->temp, o->final) < 0)
		why = errno;
	if (why)
		unlink(o->temp);
	return why;
}

/* Gives what was written its name; 0 or the reason why not. */
static int publish(struct output *o)
{
	sigset_t before;

	hold_signals(&before);
	int why = copy_and_rename(o);

	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return why;
}

int output_close(struct output *o, struct err *err)
{
	int why = flush_stream(o);

	if (!why && o->final)
		why = publish(o);
	if (o->path && fclose(o->file) && !why && !o->final)
		why = errno;
	o->file = NULL;
	o->failure = why;
	return why ? cannot_write(o->path, why, err) : 0;
}

void output_discard(struct output *o)
{
	if (o->file && o->path)
		fclose(o->file);
	o->file = NULL;
}
