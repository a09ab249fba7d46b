/* SPDX-License-Identifier: MIT */
/* code_cache.c - the trees of files that were parsed before, by what is in the files. */
#include "analyzers/services/code.h"
#include "graph/source/syntax_pack.h"

#include <stdlib.h>

void code_parse(struct code *c, uint32_t file, unsigned worker, struct syntax_parser **parser,
		struct arena *arena)
{
	struct code_file *f = &c->file[file];
	const void *block;
	bool old = false;
	size_t size;

	if (c->cache) {
		blob_id_of(f->bytes, f->len, &f->id);
		block = factcache_find(c->cache, worker, &f->id, &size, &old);
		if (block && syntax_unpack(block, size, f->bytes, f->len, arena, &f->syn)) {
			f->kept = !old;
			return;
		}
	}
	if (!*parser)
		*parser = syntax_parser_new();
	syntax_parse(*parser, f->bytes, f->len, arena, &f->syn);
}

void code_cache_open(struct code *c)
{
	const struct factcache_options o = {
		.kind = FACTS_OF_SYNTAX, .workers = pool_default_workers(),
	};

	if (c->a->no_cache)
		return;
	blob_ids_begin(c->a->source, NULL, 0, 1, NULL);
	c->cache = factcache_open(&o);
}

void code_cache_close(struct code *c)
{
	uint32_t n = 0, nfiles = c->a->source->nfiles;
	struct fact_item *item;

	if (!c->cache)
		return;
	factcache_settle(c->cache);
	item = xrealloc(NULL, (size_t)nfiles + 1, sizeof(*item));
	bool all = factcache_is_damaged(c->cache);

	for (uint32_t i = 0; i < nfiles; i++) {
		const struct code_file *f = &c->file[i];

		if (!f->parsed || (f->kept && !all))
			continue;
		item[n] = (struct fact_item){ .id = f->id };
		item[n].block = syntax_pack(&f->syn, &c->own, &item[n].size);
		n++;
	}
	factcache_store(c->cache, item, n);
	free(item);
	factcache_close(c->cache);
	blob_ids_end();
}
