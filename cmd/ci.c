/* SPDX-License-Identifier: MIT */
/* ci.c - where this runs, and what it adds to the report there. */
#include "cmd/ci.h"
#include "base/limits.h"
#include "cmd/output.h"
#include "cmd/report/markdown.h"
#include "cmd/report/reporters.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUMMARY_LEAST 16384u            /* bytes: less room holds nothing that helps */

const struct ci ci_rows[CI_COUNT] = {
#define CI(id, n, v, f, s, a, b, r) \
	[id] = { .name = n, .variable = v, .format = f, .summary = s, .advice = a, .base = b, \
		 .remote = r },
#include "cmd/ci.def"
#undef CI
};

const struct ci *ci_here(void)
{
	for (unsigned i = 0; i < CI_COUNT; i++) {
		const char *value = getenv(ci_rows[i].variable);

		if (value && *value && strcmp(value, "false"))
			return &ci_rows[i];
	}
	return NULL;
}

const char *ci_base(struct arena *arena)
{
	const struct ci *ci = ci_here();
	const char *target = ci && ci->base ? getenv(ci->base) : NULL;

	return target && *target ? arena_printf(arena, "%s%s", ci->remote, target) : NULL;
}

/* Nobody said what to print, nor where to. */
static bool is_unasked(const struct run *run)
{
	const struct settings *set = run->set;

	return !set->formats.count && !set->json && !set->output;
}

static bool was_asked(const struct run *run, const char *format)
{
	for (unsigned i = 0; i < run->noutputs; i++)
		if (!strcmp(run->output[i].format, format))
			return true;
	return false;
}

/* Hard to guess for who writes a file name: the commit and all findings are in it. */
static unsigned long long guard_of(const struct report *r)
{
	uint64_t hash = hash_bytes(HASH_INIT, r->command, strlen(r->command));

	if (r->error)
		return hash;
	if (r->source->rev.known)
		hash = hash_bytes(hash, r->source->rev.commit, strlen(r->source->rev.commit));
	for (uint32_t i = 0; i < r->findings->count; i++)
		hash = hash_bytes(hash, &r->findings->item[i].fingerprint, sizeof(uint64_t));
	return hash;
}

void ci_begin(const struct run *run, const struct report *r)
{
	const struct ci *ci = ci_here();

	if (ci == &ci_rows[CI_GITHUB] && is_unasked(run) && !r->error)
		fprintf(run->out, "::stop-commands::meshctl-%016llx\n", guard_of(r));
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0)
			return errno;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

/* Adds to what earlier commands of the step have written; all of it or nothing. */
static int append(const char *path, const char *bytes, size_t len, struct err *err)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666), why = 0;
	struct stat st = { .st_size = 0 };

	if (fd < 0 || fstat(fd, &st) < 0)
		why = errno;
	else
		why = write_all(fd, bytes, len);
	if (fd >= 0 && why && S_ISREG(st.st_mode) && ftruncate(fd, st.st_size) < 0)
		errno = why;
	if (fd >= 0 && close(fd) < 0 && !why)
		why = errno;
	if (why)
		return err_set(err, ERR_SYSTEM, "cannot write the job's summary '%.200s': %s",
			       path, strerror(why));
	return 0;
}

static int write_summary(const struct ci *ci, const struct report *r, struct err *err)
{
	const char *path = getenv(ci->summary);
	uint64_t room = limit_of(LIMIT_SUMMARY_BYTES);
	struct stat st;
	char *bytes = NULL;
	size_t len = 0;

	if (!path || !*path)
		return 0;
	if (!stat(path, &st) && S_ISREG(st.st_mode))
		room = (uint64_t)st.st_size < room ? room - (uint64_t)st.st_size : 0;
	/* More than fits makes GitHub drop what is there already. */
	if (room < SUMMARY_LEAST)
		return 0;
	FILE *out = open_memstream(&bytes, &len);

	if (!out)
		return err_set(err, ERR_SYSTEM, "cannot write the job's summary: %s",
			       strerror(errno));
	fputc('\n', out);
	int rc = markdown_write(r, out, room - 1, err);

	fclose(out);
	if (!rc)
		rc = append(path, bytes, len, err);
	free(bytes);
	return rc;
}

int ci_end(const struct run *run, const struct report *r, struct err *err)
{
	const struct ci *ci = ci_here();
	bool unasked = is_unasked(run);

	if (!ci)
		return 0;
	if (ci == &ci_rows[CI_GITHUB] && unasked && !r->error)
		fprintf(run->out, "::meshctl-%016llx::\n", guard_of(r));
	if (ci->format && unasked && reporter_find(ci->format)->write(r, run->out, err))
		return -1;
	if (ci->advice && unasked && !run->set->quiet)
		fprintf(stderr, "meshctl: this is %s: '--format text --format %s' writes a report "
			"that it can show\n", ci->name, ci->advice);
	if (ci->summary && (unasked || (ci->format && was_asked(run, ci->format))))
		return write_summary(ci, r, err);
	return 0;
}
