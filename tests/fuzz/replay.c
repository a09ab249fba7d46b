/* SPDX-License-Identifier: MIT */
/*
 * replay.c - runs a fuzz target over files and folders of files instead of
 * under libFuzzer, so that the corpora are checked with any compiler.
 */
#include "base/base.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static int replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t cap = 4096, len = 0, n;
	uint8_t *bytes = xrealloc(NULL, cap, 1), *exact;

	if (!f) {
		fprintf(stderr, "cannot read '%s'\n", path);
		free(bytes);
		return -1;
	}
	while ((n = fread(bytes + len, 1, cap - len, f)) > 0) {
		len += n;
		if (len == cap)
			bytes = xrealloc(bytes, cap *= 2, 1);
	}
	fclose(f);
	/* Exactly as long as the input: AddressSanitizer sees the first byte behind it. */
	exact = xrealloc(NULL, len ? len : 1, 1);
	memcpy(exact, bytes, len);
	free(bytes);
	/* Said before the run: a crash leaves the name of its input as the last line. */
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
	return 0;
}

/* Corpora are flat: a folder in a folder is not entered. */
static int replay_folder(DIR *dir, const char *path, unsigned long *files)
{
	struct dirent *entry;
	char name[4096];
	int failed = 0;

	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		failed |= replay_file(name);
		(*files)++;
	}
	return failed;
}

int main(int argc, char **argv)
{
	unsigned long files = 0;
	int failed = 0;

	for (int i = 1; i < argc; i++) {
		DIR *dir = opendir(argv[i]);

		if (dir) {
			failed |= replay_folder(dir, argv[i], &files);
			closedir(dir);
		} else {
			failed |= replay_file(argv[i]);
			files++;
		}
	}
	printf("%s replay: %lu inputs\n", failed || !files ? "not ok" : "ok", files);
	return failed || !files;
}
