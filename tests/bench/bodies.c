/* SPDX-License-Identifier: MIT */
/*
 * bodies.c - what `make bench` compares over the files named on stdin, N threads:
 *	bodies bare N    tree-sitter alone, with its own allocator, a parser a thread
 *	bodies flat N    syntax_parse()
 * Prints files, bytes, and seconds without reading.
 */
#include "base/pool.h"
#include "graph/source/syntax.h"
#include "graph/source/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_go(void);

struct bench_worker {
	struct arena arena;
	TSParser *bare;
	struct syntax_parser *flat;
	uint64_t errors, nodes;
};

struct bench_file {
	const char *path, *bytes;
	uint32_t len;
};

struct bench {
	bool flat;
	struct arena arena;
	struct bench_file *file;
	uint32_t count, cap;
	struct bench_worker worker[POOL_MAX_WORKERS];
};

static void one_file(void *ctx, unsigned worker, uint32_t index)
{
	struct bench *b = ctx;
	struct bench_worker *w = &b->worker[worker];
	const struct bench_file *f = &b->file[index];

	if (b->flat) {
		struct syntax s;

		syntax_parse(w->flat, f->bytes, f->len, &w->arena, &s);
		w->errors += s.status != SYNTAX_OK;
		w->nodes += s.nsyn;
		arena_reset(&w->arena);
	} else {
		TSTree *tree = ts_parser_parse_string(w->bare, NULL, f->bytes, f->len);

		w->errors += ts_node_has_error(ts_tree_root_node(tree));
		w->nodes += ts_node_descendant_count(ts_tree_root_node(tree));
		ts_tree_delete(tree);
	}
}

static void read_files(struct bench *b)
{
	struct tree *disk = tree_disk_open("/");
	struct tree_buf buf = { 0 };
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		struct err err = ERR_INIT;

		line[strcspn(line, "\n")] = '\0';
		if (tree_read(disk, line + (line[0] == '/'), 0, UINT32_MAX / 2, &buf, &err))
			continue;
		VEC_RESERVE(b->file, b->cap, b->count + 1);
		b->file[b->count++] = (struct bench_file){
			.path = arena_strdup(&b->arena, line),
			.bytes = arena_strndup(&b->arena, buf.bytes, buf.len),
			.len = (uint32_t)buf.len,
		};
	}
	tree_buf_release(&buf);
	tree_close(disk);
}

static double now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct bench b = { .flat = argc > 1 && !strcmp(argv[1], "flat") };
	unsigned workers = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1;
	uint64_t bytes = 0, nodes = 0, errors = 0;

	if (workers < 1 || workers > POOL_MAX_WORKERS)
		workers = 1;
	read_files(&b);
	for (unsigned i = 0; i < workers && b.flat; i++)
		b.worker[i].flat = syntax_parser_new();
	for (unsigned i = 0; i < workers && !b.flat; i++) {
		b.worker[i].bare = ts_parser_new();
		ts_parser_set_language(b.worker[i].bare, tree_sitter_go());
	}
	double begin = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);

	pool_run(workers, b.count, one_file, &b);
	double took = now(CLOCK_MONOTONIC) - begin;

	cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;

	for (uint32_t i = 0; i < b.count; i++)
		bytes += b.file[i].len;
	for (unsigned i = 0; i < workers; i++) {
		nodes += b.worker[i].nodes;
		errors += b.worker[i].errors;
		syntax_parser_free(b.worker[i].flat);
		if (b.worker[i].bare)
			ts_parser_delete(b.worker[i].bare);
		arena_release(&b.worker[i].arena);
	}
	printf("%u files, %llu bytes, %llu nodes, %llu with errors, %.3f s, %.3f s of "
		"processors, %.2f MB/s\n",
	       (unsigned)b.count, (unsigned long long)bytes, (unsigned long long)nodes,
	       (unsigned long long)errors, took, cpu, (double)bytes / 1e6 / took);
	free(b.file);
	arena_release(&b.arena);
	return b.count ? 0 : 1;
}
