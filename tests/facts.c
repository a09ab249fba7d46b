/* SPDX-License-Identifier: MIT */
/*
 * facts.c - facts [-j N] [-r REV] [-n] [-a] [-t] [DIR]: reads all bodies below DIR as a
 * command would and prints one line a file: path, size and checksum of its facts.
 * Equal lines are equal facts.  -n: without the cache; -a: names the columns too;
 * -t: times; -i: only which blob ids are known without reading.  On stderr how many
 * came from the cache, and its note.
 */
#include "base/checksum.h"
#include "base/pool.h"
#include "graph/source/blobid.h"
#include "graph/source/bodies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t sum_of(const struct body *b)
{
	/* The scalars, then the columns, then the text: no pointer, no padding. */
	uint64_t sum = checksum(0, b, offsetof(struct body, nselectors) + sizeof(uint32_t));

#define COLUMN(field, type) sum = checksum(sum, b->field, b->n##field##s * sizeof(type));
#include "graph/source/body_columns.def"
#undef COLUMN
	return checksum(sum, b->text, b->text_bytes);
}

static void columns(const struct body *b)
{
#define COLUMN(field, type) printf(" " #field " %u", b->n##field##s);
#include "graph/source/body_columns.def"
#undef COLUMN
	printf(" text %u", b->text_bytes);
}

/* "path id", or "path -" where the index does not say. */
static void ids(const struct source *s, unsigned workers)
{
	file_id *file = xcalloc(s->nfiles, sizeof(*file));
	struct blob_hint *hint = xcalloc(s->nfiles, sizeof(*hint));
	struct arena arena = ARENA_INIT;

	for (uint32_t i = 0; i < s->nfiles; i++)
		file[i].v = i;
	blob_ids_begin(s, file, s->nfiles, workers, hint);
	for (uint32_t i = 0; i < s->nfiles; i++) {
		printf("%s ", source_file_path(s, file[i], &arena));
		for (unsigned k = 0; k < BLOB_ID_BYTES && hint[i].known; k++)
			printf("%02x", hint[i].id.byte[k]);
		puts(hint[i].known ? "" : "-");
	}
	blob_ids_end();
	arena_release(&arena);
	free(file);
	free(hint);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct wish {
	struct source_options source;
	struct bodies_options bodies;
	bool all, times, only_ids;
};

static bool parse(int argc, char **argv, struct wish *w)
{
	int c;

	while ((c = getopt(argc, argv, "j:r:nati")) != -1) {
		switch (c) {
		case 'j': w->source.workers = (unsigned)strtoul(optarg, NULL, 10); break;
		case 'r': w->source.rev = optarg; break;
		case 'n': w->bodies.no_cache = true; break;
		case 'a': w->all = true; break;
		case 't': w->times = true; break;
		case 'i': w->only_ids = true; break;
		default: return false;
		}
	}
	w->source.dir = optind < argc ? argv[optind] : ".";
	if (w->source.workers > POOL_MAX_WORKERS)
		w->source.workers = POOL_MAX_WORKERS;
	w->bodies.workers = w->source.workers;
	return true;
}

static void print(const struct source *s, const struct bodies *bodies, bool all)
{
	struct arena arena = ARENA_INIT;

	for (uint32_t i = 0; i < s->nfiles; i++) {
		const struct body *b = bodies->file[i];

		printf("%s", source_file_path(s, (file_id){ i }, &arena));
		if (b) {
			printf(" %u %u %016llx", b->bytes, b->status,
			       (unsigned long long)sum_of(b));
			if (all)
				columns(b);
		}
		putchar('\n');
	}
	arena_release(&arena);
}

static void tell(const struct bodies *bodies, const struct wish *w, double read, double whole)
{
	const struct bodies_stats *stats = &bodies->stats;

	fprintf(stderr, "asked %u cached %u parsed %u degraded %u rewritten %u", stats->asked,
		stats->cached, stats->parsed, stats->degraded, stats->rewritten);
	fprintf(stderr, " bytes %llu lines %llu cache %llu", (unsigned long long)stats->bytes,
		(unsigned long long)stats->lines, (unsigned long long)stats->cache_bytes);
	if (w->times)
		fprintf(stderr, " read %.1f ms all %.1f ms", read, whole);
	fprintf(stderr, "\n%s%s", bodies->cache_note ? bodies->cache_note : "",
		bodies->cache_note ? "\n" : "");
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct build_config config;
	struct wish w = { .source = { .config = &config, .nconfigs = 1 } };
	struct bodies *bodies = NULL;
	struct source *s = NULL;
	double begin = now();

	if (!parse(argc, argv, &w))
		return 2;
	if (build_config_init(&arena, "linux/amd64", true, GO_NEWEST_MINOR, NULL, 0, &config,
			      &err) ||
	    source_read(&w.source, &s, &err) ||
	    (!w.only_ids && bodies_read(s, &w.bodies, &bodies, &err))) {
		fprintf(stderr, "facts: %s\n", err.msg);
		return 3;
	}
	double read = now();

	if (w.only_ids) {
		ids(s, w.source.workers ? w.source.workers : 1);
	} else {
		print(s, bodies, w.all);
		tell(bodies, &w, read - begin, now() - begin);
	}
	bodies_release(bodies);
	source_release(s);
	arena_release(&arena);
	return ferror(stdout) || fflush(stdout) ? 3 : 0;
}
