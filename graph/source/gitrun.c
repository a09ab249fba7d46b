/* SPDX-License-Identifier: MIT */
/*
 * gitrun.c - starts git and reads what it prints.  Its stdin is a socket, so that
 * a git that died is an error and no SIGPIPE.
 */
#include "graph/source/gitrun.h"
#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
# define MSG_NOSIGNAL 0
#endif

#define WORDS_MAX 24u

extern char **environ;

/* What git shall find in its environment, whatever ours says. */
static const char *const set[] = {
	"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
	"GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat", "GIT_NO_REPLACE_OBJECTS=1",
};

static bool is_set(const char *variable)
{
	for (unsigned i = 0; i < ARRAY_SIZE(set); i++)
		if (!strncmp(variable, set[i], strcspn(set[i], "=") + 1))
			return true;
	return false;
}

static char **environment(struct arena *arena)
{
	size_t n = 0, count = 0;
	char **env;

	while (environ[n])
		n++;
	env = arena_array(arena, char *, n + ARRAY_SIZE(set) + 1);
	for (size_t i = 0; i < n; i++)
		if (!is_set(environ[i]))
			env[count++] = environ[i];
	for (unsigned i = 0; i < ARRAY_SIZE(set); i++)
		env[count++] = arena_strdup(arena, set[i]);
	return env;
}

/* Another thread may start a program at any time, which must not inherit them. */
static bool make_pipe(int fd[2], bool both_ways)
{
#ifdef SOCK_CLOEXEC
	(void)both_ways;
	return !socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd);
#else
	if (both_ways ? socketpair(AF_UNIX, SOCK_STREAM, 0, fd) : pipe(fd))
		return false;
	fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	return true;
#endif
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* stdin, stdout and stderr of the child; -1 is /dev/null. */
static int start(const char *dir, const char *const *word, const int fd[3], pid_t *ret,
		 struct err *err)
{
	struct arena arena = ARENA_INIT;
	posix_spawn_file_actions_t actions;
	char *argv[WORDS_MAX + 6];
	unsigned n = 0;
	int r = ENOMEM;

	*ret = -1;
	argv[n++] = arena_strdup(&arena, "git");
	/* A relative GIT_DIR counts from here. */
	if (!getenv("GIT_DIR")) {
		argv[n++] = arena_strdup(&arena, "-C");
		argv[n++] = arena_strdup(&arena, dir);
	}
	argv[n++] = arena_strdup(&arena, "-c");
	argv[n++] = arena_strdup(&arena, "core.fsmonitor=false");
	for (; *word; word++) {
		if (n == ARRAY_SIZE(argv) - 1)
			BUG("git has too many words");
		argv[n++] = arena_strdup(&arena, *word);
	}
	argv[n] = NULL;
	if (!posix_spawn_file_actions_init(&actions)) {
		for (int i = 0; i < 3; i++)
			if (fd[i] >= 0)
				posix_spawn_file_actions_adddup2(&actions, fd[i], i);
			else
				posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR,
								 0);
		r = fault_hit(FAULT_READ) ? EIO :
		    posix_spawnp(ret, "git", &actions, NULL, argv, environment(&arena));
		posix_spawn_file_actions_destroy(&actions);
	}
	arena_release(&arena);
	if (!r)
		return 0;
	if (r == ENOENT)
		return err_set(err, ERR_SYSTEM, "git is not installed: only git itself can read "
			       "this repository");
	return err_set(err, ERR_SYSTEM, "cannot start git: %s", strerror(r));
}

static int status_of(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct text { char *bytes; size_t len, cap; };

/* What is there to be read; closes at the end. */
static void take(int *fd, struct text *t)
{
	VEC_RESERVE(t->bytes, t->cap, t->len + 65536);
	ssize_t n = read(*fd, t->bytes + t->len, t->cap - t->len - 1);

	if (n > 0)
		t->len += (size_t)n;
	else if (!n || errno != EINTR)
		shut(fd);
	t->bytes[t->len] = '\0';
}

static void take_all(int *out, int *words, struct text *t, struct text *said)
{
	while (*out >= 0 || *words >= 0) {
		struct pollfd p[2] = { { .fd = *out, .events = POLLIN },
				       { .fd = *words, .events = POLLIN } };

		if (poll(p, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		if (*out >= 0 && p[0].revents)
			take(out, t);
		if (*words >= 0 && p[1].revents)
			take(words, said);
	}
}

int git_output(const char *dir, const char *const *word, struct arena *arena, const char **ret,
	       size_t *ret_len, struct err *err)
{
	int out[2] = { -1, -1 }, words[2] = { -1, -1 }, r = -1;
	struct text t = { 0 }, said = { 0 };
	pid_t pid;

	if (!make_pipe(out, false) || !make_pipe(words, false)) {
		err_set(err, ERR_SYSTEM, "cannot start git: %s", strerror(errno));
		goto out;
	}
	if (start(dir, word, (int[]){ -1, out[1], words[1] }, &pid, err))
		goto out;
	shut(&out[1]);
	shut(&words[1]);
	take_all(&out[0], &words[0], &t, &said);
	if (status_of(pid)) {
		const char *line = said.bytes ? said.bytes : "";

		if (!strncmp(line, "fatal: ", 7))
			line += 7;
		err_set(err, ERR_INPUT, "git %s fails: %.*s", word[0],
			(int)strcspn(line, "\n"), *line ? line : "it says nothing");
		goto out;
	}
	*ret = t.len ? memcpy(arena_alloc(arena, t.len + 1, 1), t.bytes, t.len + 1) : "";
	*ret_len = t.len;
	r = 0;
out:
	for (int i = 0; i < 2; i++) {
		shut(&out[i]);
		shut(&words[i]);
	}
	free(t.bytes);
	free(said.bytes);
	return r;
}

struct git_objects {
	pthread_mutex_t lock;
	pid_t pid;
	int to;
	FILE *from;
	bool broken;                    /* an answer was cut short: no other can be trusted */
};

struct git_objects *git_objects_open(const char *dir, struct err *err)
{
	static const char *const word[] = { "cat-file", "--batch", NULL };
	struct git_objects *g = xcalloc(1, sizeof(*g));
	int to[2] = { -1, -1 }, from[2] = { -1, -1 };

	pthread_mutex_init(&g->lock, NULL);
	if (!make_pipe(to, true) || !make_pipe(from, false)) {
		err_set(err, ERR_SYSTEM, "cannot start git: %s", strerror(errno));
	} else if (!start(dir, word, (int[]){ to[1], from[1], -1 }, &g->pid, err)) {
		g->to = to[0];
		to[0] = -1;
		g->from = fdopen(from[0], "r");
		if (!g->from)
			BUG("a pipe that cannot be a stream");
		from[0] = -1;
	}
	for (int i = 0; i < 2; i++) {
		shut(&to[i]);
		shut(&from[i]);
	}
	if (g->from)
		return g;
	pthread_mutex_destroy(&g->lock);
	free(g);
	return NULL;
}

static bool ask(struct git_objects *g, const char *hex)
{
	char line[80];
	int n = snprintf(line, sizeof(line), "%.70s\n", hex);

	for (int at = 0; at < n;) {
		ssize_t sent = send(g->to, line + at, (size_t)(n - at), MSG_NOSIGNAL);

		if (sent < 0 && errno != EINTR)
			return false;
		at += sent > 0 ? (int)sent : 0;
	}
	return true;
}

/* "<id> blob <size>", the bytes, a newline; or "<id> missing". */
static int answer(struct git_objects *g, char **ret, size_t *ret_len, struct err *err)
{
	char head[160], *type, *number, *end = NULL;
	unsigned long long size = 0;

	if (!fgets(head, sizeof(head), g->from) || !strchr(head, '\n'))
		return err_set(err, ERR_INPUT, "git cat-file ended");
	if (strstr(head, " missing\n")) {
		g->broken = false;
		return err_set(err, ERR_INPUT, "cannot read the blob: it is missing");
	}
	type = strchr(head, ' ');
	number = type ? strchr(++type, ' ') : NULL;
	if (number) {
		*number++ = '\0';
		size = strtoull(number, &end, 10);
	}
	if (!number || end == number || *end != '\n' || size > SIZE_MAX / 2)
		return err_set(err, ERR_INPUT, "git cat-file says '%.*s'",
			       (int)strcspn(head, "\n"), head);
	char *bytes = xrealloc(NULL, (size_t)size + 1, 1);

	if (fread(bytes, 1, (size_t)size + 1, g->from) != (size_t)size + 1) {
		free(bytes);
		return err_set(err, ERR_INPUT, "git cat-file ended");
	}
	g->broken = false;
	if (strcmp(type, "blob")) {
		free(bytes);
		return err_set(err, ERR_INPUT, "cannot read the blob: it is a %s", type);
	}
	*ret = bytes;
	*ret_len = (size_t)size;
	return 0;
}

int git_objects_blob(struct git_objects *g, const char *hex, char **ret, size_t *ret_len,
		     struct err *err)
{
	int r = -1;

	pthread_mutex_lock(&g->lock);
	if (g->broken || !ask(g, hex)) {
		g->broken = true;
		err_set(err, ERR_INPUT, "git cat-file ended");
	} else {
		g->broken = true;
		r = answer(g, ret, ret_len, err);
	}
	pthread_mutex_unlock(&g->lock);
	return r;
}

void git_objects_close(struct git_objects *g)
{
	/* It ends where its input does. */
	close(g->to);
	fclose(g->from);
	status_of(g->pid);
	pthread_mutex_destroy(&g->lock);
	free(g);
}
