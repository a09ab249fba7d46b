/* SPDX-License-Identifier: MIT */
/* doctor_host.c - checks of the machine: libraries, fonts, git, the fact cache. */
#include "base/text.h"
#include "cmd/doctor.h"
#include "graph/draw/fonts.h"
#include "graph/source/factcache.h"
#include "graph/source/gitrun.h"
#include "graph/source/sourcelibraries.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIBRARIES (BASE_LIBRARIES + SOURCE_LIBRARIES)

/* The digits up to `parts` dots: what decides whether headers and library fit. */
static bool fits(const char *built, const char *running, unsigned parts)
{
	for (; *built && *built == *running; built++, running++)
		if (*built == '.' && !--parts)
			return true;
	return *built == *running;
}

void doctor_libraries(struct doctor *d)
{
	struct library lib[LIBRARIES];
	const char *text = "meshctl " MESHCTL_VERSION " with", *wrong = NULL;

	source_libraries(d->arena, lib);
	base_libraries(d->arena, lib + SOURCE_LIBRARIES);
	for (unsigned i = 0; i < LIBRARIES; i++) {
		text = arena_printf(d->arena, "%s%s %s%s%s", text, i ? "," : "", lib[i].name,
				    TEXT_GLUE, lib[i].running);
		/* Only libgit2 changes what a program is compiled for in its second number. */
		if (lib[i].built && !fits(lib[i].built, lib[i].running, i ? 1 : 2))
			wrong = arena_printf(d->arena, "%s %s runs, but the program is made for %s",
					     lib[i].name, lib[i].running, lib[i].built);
	}
	doctor_say(d, DOCTOR_OK, text, NULL);
	if (wrong)
		doctor_say(d, DOCTOR_FAIL, wrong,
			   "install the program that belongs to these libraries, or the portable "
			   "tarball, which brings its own");
}

void doctor_fonts(struct doctor *d)
{
	const char *folder = draw_fonts(d->arena);

	if (folder)
		doctor_say(d, DOCTOR_OK, arena_printf(d->arena, "there are some, in %s",
						      text_escape(d->arena, folder)), NULL);
	else
		doctor_say(d, DOCTOR_WARN, "none found: the text of pictures would be boxes",
			   "install one (Debian: fonts-dejavu-core); nothing else needs them");
}

void doctor_git(struct doctor *d)
{
	static const char *const word[] = { "--version", NULL };
	struct err err = ERR_INIT;
	const char *text;
	size_t len;

	d->git = !git_output(".", word, d->arena, &text, &len, &err);
	if (!d->git) {
		doctor_say(d, DOCTOR_WARN, "git is not installed, or does not start",
			   "install it: setup hook, SHA-256 repositories, split and sparse "
			   "indexes need it; the rest does not");
		return;
	}
	if (!strncmp(text, "git version ", 12))
		text += 12;
	text = arena_strndup(d->arena, text, strcspn(text, "\n"));
	doctor_say(d, DOCTOR_OK, text_escape(d->arena, text), NULL);
}

/* Where it would be made: the nearest folder above that is there. */
static bool may_write(const char *folder, struct arena *arena)
{
	char *at = arena_strdup(arena, folder);

	while (access(at, F_OK)) {
		char *slash = strrchr(at, '/');

		if (!slash || slash == at)
			return false;
		*slash = '\0';
	}
	return !access(at, W_OK | X_OK);
}

void doctor_cache(struct doctor *d)
{
	const struct factcache_options o = { 0 };
	struct factcache_status s;
	const char *folder;

	factcache_status(&o, d->arena, &s);
	folder = text_escape(d->arena, s.folder);
	if (s.note)
		doctor_say(d, DOCTOR_WARN, text_escape(d->arena, s.note),
			   "let XDG_CACHE_HOME name a folder of your own on a local disk; without "
			   "a cache whole files are parsed again each time");
	else if (!may_write(s.folder, d->arena))
		doctor_say(d, DOCTOR_WARN, arena_printf(d->arena, "'%s' cannot be written to",
							folder),
			   "let XDG_CACHE_HOME name a folder of your own");
	else
		doctor_say(d, DOCTOR_OK, arena_printf(d->arena, "%s: %s of at most %s", folder,
				text_bytes(d->arena, s.young.bytes + s.old.bytes),
				text_bytes(d->arena, s.limit)), NULL);
}
