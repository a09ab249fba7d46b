/* SPDX-License-Identifier: MIT */
/* child.c - a forked process and the pipe that it writes to. */
#include "base/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

bool child_start(struct child *c, void (*work)(void *ctx, int fd), void *ctx)
{
	int fd[2];

	*c = (struct child){ .pid = -1, .fd = -1 };
	if (pipe(fd) < 0)
		return false;
	/* Text that waits in a buffer would be written by both. */
	fflush(NULL);
	c->pid = fork();
	if (!c->pid) {
		close(fd[0]);
		work(ctx, fd[1]);
		_exit(EXIT_SUCCESS);
	}
	close(fd[1]);
	if (c->pid < 0)
		close(fd[0]);
	else
		c->fd = fd[0];
	return c->pid > 0;
}

bool child_put(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno != EINTR)
			return false;
		at += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

bool child_get(int fd, void *data, size_t len)
{
	char *at = data;

	while (len) {
		ssize_t n = read(fd, at, len);

		if (!n || (n < 0 && errno != EINTR))
			return false;
		at += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

void child_end(struct child *c, bool stop)
{
	if (c->pid <= 0)
		return;
	if (stop)
		kill(c->pid, SIGKILL);
	close(c->fd);
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
	c->pid = -1;
}
