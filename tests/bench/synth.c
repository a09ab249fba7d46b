/* SPDX-License-Identifier: MIT */
/*
 * synth.c - synth DIR COUNT: writes a Go module of COUNT packages, each of one
 * file with six imports of packages before it, a hundred packages a folder.
 * The same arguments give the same bytes.
 */
#include "base/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define IMPORTS 6

static void die(const char *what, const char *name)
{
	fprintf(stderr, "synth: cannot %s '%s'\n", what, name);
	exit(1);
}

static void make_dir(const char *path)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		die("make folder", path);
}

/* xorshift64: fast, and the same everywhere. */
static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	return *state ^= *state << 17;
}

static void write_package(const char *top, unsigned long i, uint64_t *state)
{
	static const char *const std[] = { "bytes", "context", "errors", "fmt", "os", "strings" };
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/g%lu", top, i / 100);
	make_dir(path);
	snprintf(path, sizeof(path), "%s/g%lu/p%lu", top, i / 100, i % 100);
	make_dir(path);
	snprintf(path, sizeof(path), "%s/g%lu/p%lu/p.go", top, i / 100, i % 100);
	f = fopen(path, "w");
	if (!f)
		die("write", path);
	fprintf(f, "// Package p%lu is one of many.\npackage p%lu\n\nimport (\n", i % 100, i % 100);
	for (unsigned long k = 0; k < IMPORTS; k++) {
		/* Six ranges of what is before: never one package twice. */
		unsigned long low = i * k / IMPORTS, high = i * (k + 1) / IMPORTS;
		unsigned long to = high > low ? low + next(state) % (high - low) : 0;

		if (i < IMPORTS)
			fprintf(f, "\t_ \"%s\"\n", std[k]);
		else
			fprintf(f, "\t_ \"example.com/synth/g%lu/p%lu\"\n", to / 100, to % 100);
	}
	fprintf(f,
		")\n\n// F does what functions do.\nfunc F(n int) int {\n\tif n > %lu "
		"{\n\t\treturn n\n\t}\n"
		"\treturn F(n + 1)\n}\n",
		i);
	if (fclose(f))
		die("write", path);
}

int main(int argc, char **argv)
{
	unsigned long count = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
	uint64_t state = 88172645463325252u;
	char path[4096];
	FILE *f;

	if (!count) {
		fprintf(stderr, "usage: synth DIR COUNT\n");
		return 2;
	}
	make_dir(argv[1]);
	snprintf(path, sizeof(path), "%s/go.mod", argv[1]);
	f = fopen(path, "w");
	if (!f || fprintf(f, "module example.com/synth\n\ngo 1.21\n") < 0 || fclose(f))
		die("write", path);
	for (unsigned long i = 0; i < count; i++)
		write_package(argv[1], i, &state);
	return 0;
}
