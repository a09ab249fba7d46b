/* SPDX-License-Identifier: MIT */
/*
 * passes.c - what `make bench` compares over the files named on stdin:
 *	passes whole N   reads every byte of them with N threads
 *	passes heads N   reads and parses their heads as meshctl does
 * Prints how many files and bytes it read.
 */
#include "base/pool.h"
#include "graph/source/header.h"
#include "graph/source/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK ((size_t)8 * 1024)  /* as in graph/source/scan.c */

struct bench_worker {
	struct arena arena;
	struct tree_buf buf;
	struct import_parser *parser;
	uint64_t bytes, imports;
};

struct bench {
	struct tree *tree;
	const char **path;
	uint32_t count, cap;
	bool heads;
	struct bench_worker worker[POOL_MAX_WORKERS];
};

static void head_of(struct bench *b, struct bench_worker *w, const char *path)
{
	struct err err = ERR_INIT;
	const struct header_import *import;
	struct header h;
	uint32_t n;

	for (size_t max = FIRST_BLOCK;; max *= 8) {
		if (tree_read(b->tree, path, 0, max, &w->buf, &err))
			return;
		header_scan(w->buf.bytes, w->buf.len, w->buf.whole, &w->arena, &h);
		if (h.status != HEADER_MORE)
			break;
	}
	w->bytes += w->buf.len;
	if (import_parser_run(w->parser, w->buf.bytes, &h, &w->arena, &import, &n))
		w->imports += n;
	arena_reset(&w->arena);
}

static void one_file(void *ctx, unsigned worker, uint32_t index)
{
	struct bench *b = ctx;
	struct bench_worker *w = &b->worker[worker];
	struct err err = ERR_INIT;

	if (b->heads)
		head_of(b, w, b->path[index]);
	else if (!tree_read(b->tree, b->path[index], 0, SIZE_MAX / 2, &w->buf, &err))
		w->bytes += w->buf.len;
}

int main(int argc, char **argv)
{
	struct bench b = { .heads = argc > 1 && !strcmp(argv[1], "heads") };
	struct arena names = ARENA_INIT;
	unsigned workers = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1;
	uint64_t bytes = 0, imports = 0;
	char line[4096];

	if (workers < 1 || workers > POOL_MAX_WORKERS)
		workers = 1;
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		VEC_RESERVE(b.path, b.cap, b.count + 1);
		b.path[b.count++] = arena_strdup(&names, line[0] == '/' ? line + 1 : line);
	}
	b.tree = tree_disk_open("/");
	for (unsigned i = 0; i < workers; i++)
		b.worker[i].parser = import_parser_new();
	pool_run(workers, b.count, one_file, &b);
	for (unsigned i = 0; i < workers; i++) {
		bytes += b.worker[i].bytes;
		imports += b.worker[i].imports;
		import_parser_free(b.worker[i].parser);
		tree_buf_release(&b.worker[i].buf);
		arena_release(&b.worker[i].arena);
	}
	printf("%u files, %llu bytes, %llu imports\n", (unsigned)b.count, (unsigned long long)bytes,
	       (unsigned long long)imports);
	tree_close(b.tree);
	free(b.path);
	arena_release(&names);
	return b.count ? 0 : 1;
}
