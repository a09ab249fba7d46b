/* SPDX-License-Identifier: MIT */
/*
 * fuzz_header.c - any bytes as a Go file: the scanner must end, agree with
 * itself when the file comes in pieces, and with tree-sitter on what it accepts.
 */
#include "graph/source/header.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
	if (!holds)
		BUG("%s", what);
}

static void same(const struct header *a, const struct header *b)
{
	must(a->status == b->status, "another status when read in pieces");
	must(a->nimports == b->nimports, "another number of imports when read in pieces");
	must(a->package_len == b->package_len, "another package when read in pieces");
	for (uint32_t i = 0; i < a->nimports; i++)
		must(!strcmp(a->import[i].path, b->import[i].path),
		     "another path when read in pieces");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct import_parser *parser = import_parser_new();
	const struct header_import *seen;
	struct header whole, part;
	uint32_t n;
	/* A heap block of just this size: AddressSanitizer sees a read beyond it. */
	char *bytes = xrealloc(NULL, size + 1, 1);

	if (size)
		memcpy(bytes, data, size);
	header_scan(bytes, size, true, &arena, &whole);
	must(whole.status != HEADER_MORE, "more of a whole file was asked for");
	for (size_t len = size / 2; len < size; len += size / 8 + 1) {
		char *half = xrealloc(NULL, len + 1, 1);

		memcpy(half, bytes, len);
		header_scan(half, len, false, &arena, &part);
		if (part.status != HEADER_MORE && part.status != HEADER_NUL)
			same(&whole, &part);
		free(half);
	}
	if (whole.status == HEADER_OK &&
	    import_parser_run(parser, bytes, &whole, &arena, &seen, &n)) {
		must(n == whole.nimports, "tree-sitter sees another number of imports");
		for (uint32_t i = 0; i < n; i++) {
			must(!strcmp(seen[i].path, whole.import[i].path),
			     "tree-sitter sees another path");
			must(!strcmp(seen[i].name, whole.import[i].name),
			     "tree-sitter sees another name");
			must(seen[i].line == whole.import[i].line, "tree-sitter sees another line");
			must(seen[i].col == whole.import[i].col, "tree-sitter sees another column");
		}
	}
	import_parser_free(parser);
	arena_release(&arena);
	free(bytes);
	return 0;
}
