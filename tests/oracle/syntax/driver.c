/* SPDX-License-Identifier: MIT */
/*
 * driver.c - what syntax_parse() says of the files named on stdin:
 * "ok|error|steps|size LINE:COL REWRITTEN PATH".
 */
#include "graph/source/syntax.h"
#include "graph/source/tree.h"

#include <stdio.h>
#include <string.h>

int main(void)
{
	static const char *const shown[] = {
		[SYNTAX_OK] = "ok", [SYNTAX_ERROR] = "error",
		[SYNTAX_STEPS] = "steps", [SYNTAX_SIZE] = "size",
	};
	struct syntax_parser *parser = syntax_parser_new();
	struct tree *disk = tree_disk_open("/");
	struct tree_buf buf = { 0 };
	struct arena arena = ARENA_INIT;
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		struct err err = ERR_INIT;
		struct syntax s;

		line[strcspn(line, "\n")] = '\0';
		if (tree_read(disk, line + (line[0] == '/'), 0, UINT32_MAX / 2, &buf, &err)) {
			printf("unreadable 0:0 0 %s\n", line);
			continue;
		}
		syntax_parse(parser, buf.bytes, (uint32_t)buf.len, &arena, &s);
		printf("%s %u:%u %u %s\n", shown[s.status], s.error_line, s.error_col,
			s.rewritten, line);
		arena_reset(&arena);
	}
	tree_buf_release(&buf);
	tree_close(disk);
	arena_release(&arena);
	syntax_parser_free(parser);
	return 0;
}
