/* SPDX-License-Identifier: MIT */
/*
 * factcache_key.c - the key of a value: what the facts are of and what made them.
 * The Makefile gives the checksum of all sources that have a part in it, grammar
 * included, so that no build believes the facts of another.
 */
#include "base/checksum.h"
#include "graph/source/body.h"
#include "graph/source/factcache_part.h"

#include <string.h>

#ifndef BODY_RECIPE
# define BODY_RECIPE MESHCTL_VERSION
#endif

void fact_key(enum fact_kind kind, const struct blob_id *id,
	      unsigned char ret[FACT_KEY_BYTES])
{
	static const char recipe[] = BODY_RECIPE;
	uint64_t seed = HASH_INIT + BODY_VERSION + ((uint64_t)kind << 32);
	uint64_t maker = hash_bytes(seed, recipe, sizeof(recipe));

	/* The maker first: what one build made lies together.  The rest is 0. */
	memset(ret, 0, FACT_KEY_BYTES);
	memcpy(ret, &maker, sizeof(maker));
	memcpy(ret + sizeof(maker), id->byte, BLOB_ID_BYTES);
	_Static_assert(sizeof(maker) + BLOB_ID_BYTES <= FACT_KEY_BYTES, "a key has room for both");
}

uint64_t fact_sum(const unsigned char key[FACT_KEY_BYTES], const void *block, size_t size)
{
	return checksum(checksum(VALUE_MAGIC, key, FACT_KEY_BYTES), block, size);
}
