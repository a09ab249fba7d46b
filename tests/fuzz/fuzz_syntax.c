/* SPDX-License-Identifier: MIT */
/*
 * fuzz_syntax.c - any bytes as a whole Go file: parsing must end, hold what the
 * header promises, and give the same tree again.  Few steps, so that it is fast.
 */
#include "tests/fuzz/syntax_holds.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct syntax_parser *parser = syntax_parser_new();
	struct syntax first, again;
	/* A heap block of just this size: AddressSanitizer sees a read beyond it. */
	char *bytes = xrealloc(NULL, size, 1);

	if (size)
		memcpy(bytes, data, size);
	syntax_parser_limit(parser, 1000000);
	syntax_parse(parser, bytes, (uint32_t)size, &arena, &first);
	syntax_holds(&first);
	syntax_parse(parser, bytes, (uint32_t)size, &arena, &again);
	if (!syntax_equal(&first, &again))
		BUG("another tree the second time");
	if (size && memcmp(bytes, data, size))
		BUG("the file was changed");
	syntax_parser_free(parser);
	arena_release(&arena);
	free(bytes);
	return 0;
}
