/* SPDX-License-Identifier: MIT */
/* adr_editor.c - lets somebody write in a new record, and looks at what they left. */
#include "base/limits.h"
#include "base/text.h"
#include "cmd/adr.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ^C is the editor's affair: it belongs to the terminal, and so do we. */
static void ignore_keys(struct sigaction old[2])
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &ignore, &old[0]);
	sigaction(SIGQUIT, &ignore, &old[1]);
}

static void heed_keys(const struct sigaction old[2])
{
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGQUIT, &old[1], NULL);
}

/* 0, a wait status, or an errno below zero. */
static int run_editor(const struct run *run, const char *editor, const char *path)
{
	char *words[] = { arena_strdup(run->arena, "sh"), arena_strdup(run->arena, "-c"),
			  arena_printf(run->arena, "%s \"$@\"", editor),
			  arena_strdup(run->arena, "sh"), arena_strdup(run->arena, path), NULL };
	struct sigaction old[2];
	posix_spawnattr_t attr;
	sigset_t keys;
	int status = 0, why;
	pid_t pid;

	if (posix_spawnattr_init(&attr))
		return -ENOMEM;
	sigemptyset(&keys);
	sigaddset(&keys, SIGINT);
	sigaddset(&keys, SIGQUIT);
	posix_spawnattr_setsigdefault(&attr, &keys);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	ignore_keys(old);
	why = posix_spawnp(&pid, "sh", NULL, &attr, words, environ);
	while (!why && waitpid(pid, &status, 0) < 0)
		why = errno == EINTR ? 0 : errno;
	heed_keys(old);
	posix_spawnattr_destroy(&attr);
	return why ? -why : status;
}

/* The file stays as it is: nobody but its writer may throw it away. */
static void look_again(const struct run *run, const char *path)
{
	const char *shown = text_escape(run->arena, path), *bytes;
	struct adr_problem problem;
	struct err cause = ERR_INIT;
	struct adr r;
	size_t len;

	if (file_read(path, (size_t)limit_of(LIMIT_ADR_BYTES), run->arena, &bytes, &len, &cause))
		fprintf(stderr, "meshctl: %s\n", text_escape(run->arena, cause.msg));
	else if (!bytes)
		fprintf(stderr, "meshctl: '%s' is gone: there is no new record\n", shown);
	else if (strspn(bytes, " \t\r\n") == len)
		fprintf(stderr, "meshctl: '%s' was left empty: write it, or remove it\n", shown);
	else if (!adr_parse(path, bytes, len, run->arena, &r, &problem) || problem.text)
		fprintf(stderr, "meshctl: '%s' is no decision record any more%s%s\n", shown,
			problem.text ? ": " : "",
			problem.text ? text_escape(run->arena, problem.text) : "");
	else if (r.state == ADR_NO_STATUS || r.state == ADR_STRANGE)
		fprintf(stderr, "meshctl: '%s' has no status that 'meshctl adr check' knows\n",
			shown);
}

void adr_editor(const struct run *run, const char *path)
{
	const char *visual = getenv("VISUAL");
	const char *editor = visual && *visual ? visual : getenv("EDITOR");
	int status;

	if (!editor || !*editor || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    run->set->quiet)
		return;
	fflush(run->out);
	status = run_editor(run, editor, path);
	if (status)
		fprintf(stderr, "meshctl: the editor '%s' failed%s%s; the record is written\n",
			text_escape(run->arena, editor), status < 0 ? ": " : "",
			status < 0 ? strerror(-status) : "");
	look_again(run, path);
}
