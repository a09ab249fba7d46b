/* SPDX-License-Identifier: MIT */
/*
 * constraint_driver.c - answers as main.go does, with meshctl's code: for each
 * line of standard input whether it parses and where it holds.
 * Usage: driver FILE, the same configurations as main.go reads.
 */
#define _GNU_SOURCE
#include "graph/source/constraint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct configs {
	struct arena arena;
	struct build_config item[64];
	uint32_t count;
};

/* GOOS/GOARCH cgo|nocgo RELEASE,... TOOL,... TAG,...: the last release tag is the version. */
static int read_config(struct configs *c, char *line)
{
	const char **tags = arena_array(&c->arena, const char *, 64);
	const char *platform = strsep(&line, " "), *cgo = strsep(&line, " ");
	char *release = strsep(&line, " "), *more;
	struct err err = ERR_INIT;
	unsigned minor;
	uint32_t n = 0;

	strsep(&line, " ");
	while (line && n < 64 && (more = strsep(&line, ",")))
		if (*more)
			tags[n++] = arena_strdup(&c->arena, more);
	if (go_version_minor(strrchr(release, ',') + 1, &minor, &err) ||
	    build_config_init(&c->arena, arena_strdup(&c->arena, platform), !strcmp(cgo, "cgo"),
			      minor, tags, n, &c->item[c->count++], &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return -1;
	}
	return 0;
}

static void answer(const struct configs *c, const char *line, size_t len)
{
	struct arena arena = ARENA_INIT;
	const char *error = NULL;
	const struct constraint *x = NULL;
	bool name = len > 3 && !memcmp(line + len - 3, ".go", 3) && strncmp(line, "//", 2);

	if (!name && constraint_is_plus_build(line, len))
		x = constraint_parse_plus_build(&arena, line, len, &error);
	else if (!name)
		x = constraint_parse_go_build(&arena, line, len, &error);
	if (error) {
		printf("error %s\n", error);
	} else {
		printf("ok ");
		for (uint32_t i = 0; i < c->count; i++)
			putchar('0' + (x ? constraint_eval(x, &c->item[i]) :
				       build_config_name(&c->item[i], line)));
		putchar('\n');
	}
	arena_release(&arena);
}

int main(int argc, char **argv)
{
	struct configs c = { .count = 0 };
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (!f)
		return 2;
	while ((n = getline(&line, &cap, f)) > 0) {
		line[n - 1] = '\0';
		if (c.count == 64 || read_config(&c, line))
			return 2;
	}
	fclose(f);
	while ((n = getline(&line, &cap, stdin)) > 0) {
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		answer(&c, line, (size_t)n);
	}
	free(line);
	arena_release(&c.arena);
	return 0;
}
