/* SPDX-License-Identifier: MIT */
/*
 * render.c - the child that draws and the parent that waits for it: two pipes, one for
 * the picture and one for complaints, a clock, and no byte passed on before the child
 * has ended well.
 */
#include "graph/draw/render.h"
#include "base/limits.h"
#include "base/sym.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Shadow memory of a sanitizer is larger than any ceiling. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define CHUNK 65536u
#define WORDS_MAX 4096u                 /* bytes of complaints that are kept */
#define WORDS_SHOWN 200u

struct bytes { char *data; size_t len, cap; };

struct child {
	pid_t pid;
	int picture, words;             /* what is read from; -1 = at its end */
	struct bytes got, said;
	bool late, large;
};

struct render_limits render_limits(void)
{
	return (struct render_limits){
		.seconds = limit_of(LIMIT_PICTURE_SECONDS),
		.memory = limit_of(LIMIT_PICTURE_MEMORY),
		.bytes = limit_of(LIMIT_PICTURE_BYTES),
		.side = limit_of(LIMIT_PICTURE_SIDE),
		.area = limit_of(LIMIT_PICTURE_AREA),
	};
}

static void lower(int what, rlim_t most)
{
	struct rlimit l;

	if (getrlimit(what, &l) < 0)
		return;
	l.rlim_cur = l.rlim_max == RLIM_INFINITY || most < l.rlim_max ? most : l.rlim_max;
	/* Where it cannot be had the clock is left. */
	if (setrlimit(what, &l) < 0)
		errno = 0;
}

/* Never returns: nothing of the parent may be flushed or run at the end twice. */
static void be_the_child(render_fn *draw, const struct render_job *job,
			 const struct render_limits *limits, int picture, int words)
{
	int nothing = open("/dev/null", O_RDWR);
	FILE *out;

	/* A plugin that prints must not print into a report. */
	if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 || dup2(words, 2) < 0)
		_exit(EXIT_FAILURE);
	signal(SIGPIPE, SIG_DFL);
	lower(RLIMIT_CORE, 0);
	lower(RLIMIT_CPU, limits->seconds + 1);
	if (!SANITIZED)
		lower(RLIMIT_DATA, limits->memory);
	out = fdopen(picture, "wb");
	if (!out)
		_exit(EXIT_FAILURE);
	int status = draw(job, limits, out);

	if (fflush(out) || ferror(out))
		status = EXIT_FAILURE;
	fflush(stderr);
	_exit(status);
}

static int no_child(struct err *err)
{
	return err_set(err, ERR_SYSTEM, "cannot start a process that draws: %s", strerror(errno));
}

static void close_pipe(const int fd[2])
{
	close(fd[0]);
	close(fd[1]);
}

static int start(render_fn *draw, const struct render_job *job, const struct render_limits *limits,
		 struct child *ret, struct err *err)
{
	int picture[2], words[2];

	if (pipe(picture) < 0)
		return no_child(err);
	if (pipe(words) < 0) {
		no_child(err);
		close_pipe(picture);
		return -1;
	}
	/* Text that waits in a buffer would be written by both. */
	fflush(NULL);
	ret->pid = fork();
	if (ret->pid < 0) {
		no_child(err);
		close_pipe(picture);
		close_pipe(words);
		return -1;
	}
	if (!ret->pid) {
		close(picture[0]);
		close(words[0]);
		be_the_child(draw, job, limits, picture[1], words[1]);
	}
	close(picture[1]);
	close(words[1]);
	ret->picture = picture[0];
	ret->words = words[0];
	return 0;
}

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* Takes what there is to read; false at the end. */
static bool take(int fd, struct bytes *b, size_t keep)
{
	char rest[CHUNK];
	ssize_t n;

	if (b->len < keep) {
		if (b->cap < b->len + CHUNK) {
			b->cap = b->cap * 2 + CHUNK;
			b->data = xrealloc(b->data, b->cap, 1);
		}
		n = read(fd, b->data + b->len, CHUNK);
		b->len += n > 0 ? (size_t)n : 0;
	} else {
		n = read(fd, rest, sizeof(rest));
	}
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

static void hear(int *fd, short events, struct bytes *b, size_t keep)
{
	if (*fd < 0 || !events || take(*fd, b, keep))
		return;
	close(*fd);
	*fd = -1;
}

/* Until both pipes are closed, or the time is over. */
static void listen_to(struct child *c, const struct render_limits *limits)
{
	uint64_t end = now_ms() + limits->seconds * 1000;

	while (c->picture >= 0 || c->words >= 0) {
		struct pollfd fds[] = {
			{ .fd = c->picture, .events = POLLIN },
			{ .fd = c->words, .events = POLLIN },
		};
		uint64_t now = now_ms();

		c->late = now >= end;
		c->large = c->got.len > limits->bytes;
		if (c->late || c->large)
			break;
		if (poll(fds, 2, (int)(end - now < 1000 ? end - now : 1000)) <= 0)
			continue;
		hear(&c->picture, fds[0].revents, &c->got, SIZE_MAX);
		hear(&c->words, fds[1].revents, &c->said, WORDS_MAX);
	}
	if (c->late || c->large)
		kill(c->pid, SIGKILL);
	if (c->picture >= 0)
		close(c->picture);
	if (c->words >= 0)
		close(c->words);
}

/* The first line of what it said, or NULL. */
static const char *complaint(const struct child *c, struct arena *a)
{
	size_t len = 0;

	while (len < c->said.len && c->said.data[len] != '\n' && len < WORDS_SHOWN)
		len++;
	return len ? text_escape_bytes(a, c->said.data, len) : NULL;
}

static int judge(const struct child *c, int status, const struct render_limits *limits,
		 struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *words = complaint(c, &a), *between = words ? ": " : "";
	int rc = 0;

	words = words ? words : "";
	if (c->late)
		rc = err_set(err, ERR_LIMIT, "Graphviz was not ready after %u seconds and was "
			     "stopped: draw less of it, or take --format dot",
			     (unsigned)limits->seconds);
	else if (c->large)
		rc = err_set(err, ERR_LIMIT, "the picture has more than %u MB: draw less of it, or "
			     "take --format dot", (unsigned)(limits->bytes >> 20));
	else if (WIFSIGNALED(status))
		rc = err_set(err, ERR_SYSTEM, "Graphviz crashed with signal %d (%s)%s%.200s; draw "
			     "less of it, or take --format dot", WTERMSIG(status),
			     strsignal(WTERMSIG(status)), between, words);
	else if (!WIFEXITED(status) || WEXITSTATUS(status))
		rc = err_set(err, ERR_SYSTEM, "no picture%s%.300s",
			     between, words);
	else if (c->got.len < sizeof(struct render_head) ||
		 memcmp(c->got.data, RENDER_MAGIC, sizeof(RENDER_MAGIC)) != 0)
		rc = err_set(err, ERR_SYSTEM, "no picture: Graphviz wrote none%s%.200s", between,
			     words);
	arena_release(&a);
	return rc;
}

int render_run(render_fn *draw, const struct render_job *job, const struct render_limits *limits,
	       FILE *out, uint32_t *ret_percent, struct err *err)
{
	struct child c = { .picture = -1, .words = -1 };
	struct render_head head;
	int status = 0, rc;

	if (start(draw, job, limits, &c, err))
		return -1;
	listen_to(&c, limits);
	while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	rc = judge(&c, status, limits, err);
	if (!rc && c.got.data) {
		memcpy(&head, c.got.data, sizeof(head));
		*ret_percent = head.percent;
		if (fwrite(c.got.data + sizeof(head), 1, c.got.len - sizeof(head), out) !=
		    c.got.len - sizeof(head) || fflush(out))
			rc = err_set(err, ERR_SYSTEM, "cannot write the picture: %s",
				     strerror(errno));
	}
	free(c.got.data);
	free(c.said.data);
	return rc;
}
