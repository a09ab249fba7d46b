/* SPDX-License-Identifier: MIT */
/*
 * truncate.c - cuts each Go file it is given at every byte and reads the head
 * of what is left.  Built with the sanitizers it proves that no prefix is read
 * past its end; in any build, that a prefix which the scanner calls complete
 * gives the same package, imports and section as the whole file.
 */
#include "graph/source/header.h"
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct totals { unsigned long files, cuts, bad; };

/* Its own malloc of exactly `len` bytes: AddressSanitizer sees the first byte behind it. */
static char *exact_copy(const char *bytes, size_t len)
{
	char *copy = len ? xrealloc(NULL, len, 1) : NULL;

	if (len)
		memcpy(copy, bytes, len);
	return copy;
}

static int read_whole(const char *path, char **ret_bytes, size_t *ret_len)
{
	FILE *f = fopen(path, "rb");
	size_t cap = 1 << 16, len = 0, n;
	char *bytes = xrealloc(NULL, cap, 1);

	if (!f) {
		free(bytes);
		return -1;
	}
	while ((n = fread(bytes + len, 1, cap - len, f)) > 0) {
		len += n;
		if (len == cap)
			bytes = xrealloc(bytes, cap *= 2, 1);
	}
	fclose(f);
	*ret_bytes = bytes;
	*ret_len = len;
	return 0;
}

static bool same_text(const char *a, uint32_t alen, const char *b, uint32_t blen)
{
	return alen == blen && (!alen || !memcmp(a, b, alen));
}

static const char *difference(const struct header *cut, const struct header *full)
{
	if (full->status != HEADER_OK)
		return "complete, but the whole file is not";
	if (!same_text(cut->package, cut->package_len, full->package, full->package_len))
		return "another package name";
	if (cut->nimports != full->nimports)
		return "another number of imports";
	for (uint32_t i = 0; i < cut->nimports; i++)
		if (strcmp(cut->import[i].path, full->import[i].path) ||
		    cut->import[i].line != full->import[i].line ||
		    cut->import[i].col != full->import[i].col)
			return "another import";
	if (cut->section_start != full->section_start || cut->section_end != full->section_end)
		return "another import section";
	return NULL;
}

/* What header.h promises about one result, whatever the bytes are. */
static const char *broken_promise(const struct header *h, size_t len, bool whole)
{
	if (whole && h->status == HEADER_MORE)
		return "asks for more of a whole file";
	if ((h->status == HEADER_SYNTAX) != (h->problem != NULL) && h->status != HEADER_NUL)
		return "status and problem disagree";
	if (h->section_start > h->section_end || h->section_end > len || h->plus_build_end > len)
		return "an offset behind the end";
	return NULL;
}

static void cut_file(const char *path, struct import_parser *parser, struct totals *t)
{
	struct arena full_arena = ARENA_INIT, arena = ARENA_INIT;
	struct header full, h;
	const struct header_import *imports;
	uint32_t nimports, last_section = UINT32_MAX;
	char *bytes;
	size_t len;

	if (read_whole(path, &bytes, &len)) {
		printf("not ok truncate: cannot read %s\n", path);
		t->bad++;
		return;
	}
	t->files++;
	header_scan(bytes, len, true, &full_arena, &full);
	for (size_t cut = 0; cut <= len; cut++) {
		char *copy = exact_copy(bytes, cut);

		for (int whole = 0; whole < 2; whole++) {
			const char *wrong;

			header_scan(copy, cut, whole, &arena, &h);
			wrong = broken_promise(&h, cut, whole);
			if (!wrong && !whole && h.status == HEADER_OK)
				wrong = difference(&h, &full);
			if (wrong) {
				printf("not ok truncate: %s at byte %zu: %s\n", path, cut, wrong);
				t->bad++;
			}
			/* The same section parses the same: only new ones cost a parse. */
			if (whole && h.section_end != last_section) {
				import_parser_run(parser, copy, &h, &arena, &imports, &nimports);
				last_section = h.section_end;
			}
			arena_reset(&arena);
			t->cuts++;
		}
		free(copy);
	}
	arena_release(&arena);
	arena_release(&full_arena);
	free(bytes);
}

int main(int argc, char **argv)
{
	struct import_parser *parser = import_parser_new();
	struct totals t = { 0 };

	for (int i = 1; i < argc; i++)
		cut_file(argv[i], parser, &t);
	import_parser_free(parser);
	if (!t.files) {
		printf("not ok truncate: no file was given\n");
		return 1;
	}
	if (!t.bad)
		printf("ok truncate: %lu files, %lu prefixes\n", t.files, t.cuts);
	return t.bad != 0;
}
