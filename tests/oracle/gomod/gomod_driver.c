/* SPDX-License-Identifier: MIT */
/*
 * gomod_driver.c - reads the go.mod and go.work files named on standard input
 * with meshctl's code and prints one fact a line, as main.go does.
 */
#define _GNU_SOURCE
#include "graph/source/gomod.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void field(const char *s)
{
	putchar(' ');
	for (; *s; s++) {
		if ((unsigned char)*s <= ' ' || *s == '%' || *s == 0x7f)
			printf("%%%02x", (unsigned char)*s);
		else
			putchar(*s);
	}
}

static void paths(const char *what, const struct gomod_path *item, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		fputs(what, stdout);
		field(item[i].path);
		putchar('\n');
	}
}

static void print(const struct gomod *m, bool work)
{
	printf("module");
	field(m->module);
	field(m->deprecated);
	printf("\ngo %s", m->go);
	if (!work) {
		field(m->toolchain);
		printf("\ncounts %u %u %u", m->nexclude, m->nretract, m->ngodebug);
	}
	putchar('\n');
	for (uint32_t i = 0; i < m->nrequire; i++) {
		printf("require");
		field(m->require[i].path);
		field(m->require[i].version);
		printf(" %s\n", m->require[i].indirect ? "true" : "false");
	}
	for (uint32_t i = 0; i < m->nreplace; i++) {
		printf("replace");
		field(m->replace[i].old_path);
		field(m->replace[i].old_version);
		field(m->replace[i].new_path);
		field(m->replace[i].new_version);
		putchar('\n');
	}
	paths("tool", m->tool, m->ntool);
	paths("ignore", m->ignore, m->nignore);
	paths("use", m->use, m->nuse);
}

static int read_one(const char *name)
{
	static char bytes[1 << 20];
	struct arena arena = ARENA_INIT;
	struct gomod m;
	size_t len = strlen(name);
	bool work = len >= 7 && !strcmp(name + len - 7, "go.work");
	FILE *f = fopen(name, "rb");

	if (!f)
		return -1;
	len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	gomod_parse(&arena, work ? GOMOD_WORK : GOMOD_MOD, bytes, len, &m);
	printf("file");
	field(name);
	putchar('\n');
	if (m.nerror)
		puts("rejected");
	else
		print(&m, work);
	for (uint32_t i = 0; i < m.nerror; i++)
		fprintf(stderr, "%s:%u:%u: %s\n", name, m.error[i].line, m.error[i].col,
			m.error[i].message);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	while ((n = getline(&line, &cap, stdin)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (read_one(line))
			return 2;
	}
	free(line);
	return 0;
}
