/* SPDX-License-Identifier: MIT */
/* constraint_text.c - decoding, classes of code points, trimming and splitting. */
#include "graph/source/constraint_text.h"

#include <string.h>

struct rune_range {
	uint32_t first, last;
};

static const struct rune_range letters[] = {
#define R(first, last) { first, last },
#include "graph/source/constraint_letters.def"
#undef R
};

static bool is_continuation(const char *s, size_t i)
{
	return ((unsigned char)s[i] & 0xC0) == 0x80;
}

/* Rejects what Go rejects: overlong forms, surrogates, beyond U+10FFFF. */
uint32_t rune_decode(const char *s, size_t len, size_t *ret_size)
{
	unsigned char c = (unsigned char)s[0];
	size_t n = c < 0x80 ? 1 : c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0) == 0xE0 ? 3 :
		   c >= 0xF0 && c <= 0xF4 ? 4 : 0;

	*ret_size = 1;
	if (n == 1)
		return c;
	if (!n || len < n)
		return RUNE_ERROR;
	uint32_t rune = c & (0xFFu >> (n + 1));

	for (size_t i = 1; i < n; i++) {
		if (!is_continuation(s, i))
			return RUNE_ERROR;
		rune = rune << 6 | ((unsigned char)s[i] & 0x3F);
	}
	if ((n == 3 && rune < 0x800) || (n == 4 && rune < 0x10000) || rune > 0x10FFFF ||
	    (rune >= 0xD800 && rune <= 0xDFFF))
		return RUNE_ERROR;
	*ret_size = n;
	return rune;
}

bool rune_is_space(uint32_t r)
{
	return (r >= '\t' && r <= '\r') || r == ' ' || r == 0x85 || r == 0xA0 || r == 0x1680 ||
	       (r >= 0x2000 && r <= 0x200A) || r == 0x2028 || r == 0x2029 || r == 0x202F ||
	       r == 0x205F || r == 0x3000;
}

bool rune_is_tag(uint32_t r)
{
	if (r < 0x80)
		return (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') ||
		       (r >= '0' && r <= '9') || r == '_' || r == '.';
	size_t low = 0, high = ARRAY_SIZE(letters);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r > letters[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < ARRAY_SIZE(letters) && r >= letters[low].first;
}

/* The last code point, found by trying starts from the end as utf8.DecodeLastRune does. */
static uint32_t last_rune(struct text t, size_t *ret_size)
{
	for (size_t n = 1; n <= 4 && n <= t.len; n++) {
		size_t size;
		uint32_t r;

		if (is_continuation(t.s, t.len - n))
			continue;
		r = rune_decode(t.s + t.len - n, n, &size);
		if (size == n) {
			*ret_size = n;
			return r;
		}
		break;
	}
	*ret_size = 1;
	return RUNE_ERROR;
}

struct text text_trim(struct text t)
{
	size_t size;

	while (t.len && rune_is_space(rune_decode(t.s, t.len, &size))) {
		t.s += size;
		t.len -= size;
	}
	while (t.len && rune_is_space(last_rune(t, &size)))
		t.len -= size;
	return t;
}

bool text_next_field(struct text *rest, struct text *ret_word)
{
	struct text t = *rest;
	size_t size, n = 0;

	while (t.len && rune_is_space(rune_decode(t.s, t.len, &size))) {
		t.s += size;
		t.len -= size;
	}
	while (n < t.len && !rune_is_space(rune_decode(t.s + n, t.len - n, &size)))
		n += size;
	*ret_word = (struct text){ t.s, n };
	*rest = (struct text){ t.s + n, t.len - n };
	return n > 0;
}

bool text_has_prefix(struct text t, const char *prefix)
{
	size_t n = strlen(prefix);

	return t.len >= n && !memcmp(t.s, prefix, n);
}
