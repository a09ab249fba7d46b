/* SPDX-License-Identifier: MIT */
/*
 * render.c - the child that draws and the parent that waits for it: a socket for what is to
 * be drawn, two pipes, one for the picture and one for complaints, a clock, and no byte passed
 * on before the child has ended well.
 */
#include "graph/draw/render.h"
#include "base/child.h"
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
#include <sys/socket.h>
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

#ifndef MSG_NOSIGNAL
# define MSG_NOSIGNAL 0
#endif

#define CHUNK 65536u
#define WORDS_MAX 4096u                 /* bytes of complaints that are kept */
#define WORDS_SHOWN 200u

struct bytes { char *data; size_t len, cap; };

/* Before the text of a job. */
struct letter {
	char format[16];
	uint64_t len;
	bool bitmap;
};

struct render_child {
	pid_t pid;
	int to;                         /* what the job is sent to; -1 = it is */
	int picture, words;             /* what is read from; -1 = at its end */
	struct render_limits limits;
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

/* Waits for what is to be drawn; whoever asks for nothing any more closes. */
static void get_job(int from, struct letter *letter, struct render_job *ret)
{
	char *text;

	if (!child_get(from, letter, sizeof(*letter)))
		_exit(EXIT_FAILURE);
	text = xcalloc((size_t)letter->len + 1, 1);
	if (!child_get(from, text, (size_t)letter->len))
		_exit(EXIT_FAILURE);
	close(from);
	*ret = (struct render_job){
		.dot = text, .format = letter->format, .bitmap = letter->bitmap,
	};
}

/* Never returns: nothing of the parent may be flushed or run at the end twice. */
static void be_the_child(render_fn *draw, void *(*warm)(void), const struct render_limits *limits,
			 int from, int picture, int words)
{
	int nothing = open("/dev/null", O_RDWR);
	struct render_job job;
	struct letter letter;
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
	void *done = warm ? warm() : NULL;

	get_job(from, &letter, &job);
	job.warm = done;
	int status = draw(&job, limits, out);

	if (fflush(out) || ferror(out))
		status = EXIT_FAILURE;
	fflush(stderr);
	_exit(status);
}

static void close_both(const int fd[2])
{
	for (int i = 0; i < 2; i++)
		if (fd[i] >= 0)
			close(fd[i]);
}

struct render_child *render_start(render_fn *draw, void *(*warm)(void),
				  const struct render_limits *limits, struct err *err)
{
	int picture[2] = { -1, -1 }, words[2] = { -1, -1 }, job[2] = { -1, -1 };
	struct render_child *c;
	pid_t pid = -1;

	if (!pipe(picture) && !pipe(words) && !socketpair(AF_UNIX, SOCK_STREAM, 0, job)) {
		/* Text that waits in a buffer would be written by both. */
		fflush(NULL);
		pid = fork();
	}
	if (pid < 0) {
		err_set(err, ERR_SYSTEM, "cannot start a process that draws: %s", strerror(errno));
		close_both(picture);
		close_both(words);
		close_both(job);
		return NULL;
	}
	if (!pid) {
		close(picture[0]);
		close(words[0]);
		close(job[0]);
		be_the_child(draw, warm, limits, job[1], picture[1], words[1]);
	}
	close(picture[1]);
	close(words[1]);
	close(job[1]);
	c = xcalloc(1, sizeof(*c));
	*c = (struct render_child){
		.pid = pid, .to = job[0], .picture = picture[0], .words = words[0],
		.limits = *limits,
	};
	/* Another child would keep it open. */
	fcntl(c->to, F_SETFD, FD_CLOEXEC);
	fcntl(c->picture, F_SETFD, FD_CLOEXEC);
	fcntl(c->words, F_SETFD, FD_CLOEXEC);
	return c;
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

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A part of what is to be drawn; a child that does not want it has ended, and is judged. */
static void tell(struct render_child *c, short events, const struct bytes *job, size_t *sent)
{
	if (c->to < 0 || !events)
		return;
	ssize_t n = send(c->to, job->data + *sent, job->len - *sent, MSG_NOSIGNAL | MSG_DONTWAIT);

	*sent += n > 0 ? (size_t)n : 0;
	if (*sent == job->len || (n < 0 && errno != EINTR && errno != EAGAIN &&
				  errno != EWOULDBLOCK))
		shut(&c->to);
}

/* Until both pipes are closed, or the time is over. */
static void listen_to(struct render_child *c, const struct bytes *job)
{
	uint64_t end = now_ms() + c->limits.seconds * 1000;
	size_t sent = 0;

	while (c->picture >= 0 || c->words >= 0) {
		struct pollfd fds[] = {
			{ .fd = c->picture, .events = POLLIN },
			{ .fd = c->words, .events = POLLIN },
			{ .fd = c->to, .events = POLLOUT },
		};
		uint64_t now = now_ms();

		c->late = now >= end;
		c->large = c->got.len > c->limits.bytes;
		if (c->late || c->large)
			break;
		if (poll(fds, 3, (int)(end - now < 1000 ? end - now : 1000)) <= 0)
			continue;
		tell(c, fds[2].revents, job, &sent);
		hear(&c->picture, fds[0].revents, &c->got, SIZE_MAX);
		hear(&c->words, fds[1].revents, &c->said, WORDS_MAX);
	}
}

/* Its status, at last; what is not wanted any more is ended. */
static int end_of(struct render_child *c, bool stop)
{
	int status = 0;

	if (stop)
		kill(c->pid, SIGKILL);
	shut(&c->to);
	shut(&c->picture);
	shut(&c->words);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void release(struct render_child *c)
{
	free(c->got.data);
	free(c->said.data);
	free(c);
}

void render_drop(struct render_child *c)
{
	if (!c)
		return;
	end_of(c, true);
	release(c);
}

/* The first line of what it said, or NULL. */
static const char *complaint(const struct render_child *c, struct arena *a)
{
	size_t len = 0;

	while (len < c->said.len && c->said.data[len] != '\n' && len < WORDS_SHOWN)
		len++;
	return len ? text_escape_bytes(a, c->said.data, len) : NULL;
}

static int judge(const struct render_child *c, int status, struct err *err)
{
	const struct render_limits *limits = &c->limits;
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

/* A letter, and behind it the text. */
static void pack(const struct render_job *job, struct bytes *ret)
{
	struct letter letter;
	size_t len = strlen(job->dot);

	memset(&letter, 0, sizeof(letter));
	letter.len = len;
	letter.bitmap = job->bitmap;
	if (strlen(job->format) >= sizeof(letter.format))
		BUG("format '%s'", job->format);
	memcpy(letter.format, job->format, strlen(job->format));
	ret->len = sizeof(letter) + len;
	ret->data = xrealloc(NULL, ret->len, 1);
	memcpy(ret->data, &letter, sizeof(letter));
	memcpy(ret->data + sizeof(letter), job->dot, len);
}

int render_finish(struct render_child *c, const struct render_job *job, FILE *out,
		  uint32_t *ret_percent, struct err *err)
{
	struct bytes letter = { 0 };
	struct render_head head;
	int rc;

	pack(job, &letter);
	listen_to(c, &letter);
	rc = judge(c, end_of(c, c->late || c->large), err);
	if (!rc && c->got.data) {
		memcpy(&head, c->got.data, sizeof(head));
		*ret_percent = head.percent;
		if (fwrite(c->got.data + sizeof(head), 1, c->got.len - sizeof(head), out) !=
		    c->got.len - sizeof(head) || fflush(out))
			rc = err_set(err, ERR_SYSTEM, "cannot write the picture: %s",
				     strerror(errno));
	}
	free(letter.data);
	release(c);
	return rc;
}

int render_run(render_fn *draw, const struct render_job *job, const struct render_limits *limits,
	       FILE *out, uint32_t *ret_percent, struct err *err)
{
	struct render_child *c = render_start(draw, NULL, limits, err);

	return c ? render_finish(c, job, out, ret_percent, err) : -1;
}
