/* SPDX-License-Identifier: MIT */
/* checksum.c - 32 bytes a round in four lanes, so that the multiplications overlap. */
#include "base/checksum.h"

#include <string.h>

#define PRIME_1 UINT64_C(0x9e3779b185ebca87)
#define PRIME_2 UINT64_C(0xc2b2ae3d27d4eb4f)
#define PRIME_3 UINT64_C(0x165667b19e3779f9)

static inline uint64_t rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static inline uint64_t mix(uint64_t lane, uint64_t word)
{
	return rotate(lane + word * PRIME_2, 31) * PRIME_1;
}

static uint64_t word_at(const unsigned char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

uint64_t checksum(uint64_t seed, const void *bytes, size_t len)
{
	uint64_t a = seed + PRIME_1 + PRIME_2, b = seed + PRIME_2, c = seed, d = seed - PRIME_1;
	const unsigned char *p = bytes;
	size_t left = len;

	for (; left >= 32; left -= 32, p += 32) {
		a = mix(a, word_at(p));
		b = mix(b, word_at(p + 8));
		c = mix(c, word_at(p + 16));
		d = mix(d, word_at(p + 24));
	}
	uint64_t h = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18) + (uint64_t)len;

	for (; left >= 8; left -= 8, p += 8)
		h = rotate(h ^ mix(0, word_at(p)), 27) * PRIME_1 + PRIME_3;
	for (; left; left--, p++)
		h = rotate(h ^ *p * PRIME_3, 11) * PRIME_1;
	h = (h ^ h >> 33) * PRIME_2;
	h = (h ^ h >> 29) * PRIME_3;
	return h ^ h >> 32;
}
