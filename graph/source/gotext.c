/* SPDX-License-Identifier: MIT */
/* gotext.c - decoding, classes of characters, trimming and literals as Go defines them. */
#include "graph/source/gotext.h"

#include <string.h>

struct rune_range {
	uint32_t first, last;
};

#define R(first, last) { first, last },
/* Letters and decimal digits beyond ASCII; what Go prints beyond ASCII. */
static const struct rune_range letters[] = {
#include "graph/source/rune_letters.def"
};
static const struct rune_range printable[] = {
#include "graph/source/rune_print.def"
};
#undef R

static bool in_ranges(const struct rune_range *range, size_t count, uint32_t rune)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (rune > range[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && rune >= range[low].first;
}

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

bool rune_is_letter(uint32_t r)
{
	if (r < 0x80)
		return (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') || r == '_';
	return in_ranges(letters, ARRAY_SIZE(letters), r) && !rune_is_digit(r);
}

bool rune_is_digit(uint32_t r)
{
	static const struct rune_range digits[] = {
		{ '0', '9' }, { 0x660, 0x669 }, { 0x6f0, 0x6f9 }, { 0x966, 0x96f },
		{ 0xff10, 0xff19 },
	};

	return in_ranges(digits, ARRAY_SIZE(digits), r);
}

bool rune_is_tag(uint32_t r)
{
	if (r < 0x80)
		return rune_is_letter(r) || (r >= '0' && r <= '9') || r == '.';
	return in_ranges(letters, ARRAY_SIZE(letters), r);
}

bool rune_is_visible(uint32_t r)
{
	if (r < 0x80)
		return r > ' ' && r < 0x7f;
	return in_ranges(printable, ARRAY_SIZE(printable), r);
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

static unsigned put_utf8(char *out, uint32_t r)
{
	if (r < 0x80) {
		out[0] = (char)r;
		return 1;
	}
	if (r < 0x800) {
		out[0] = (char)(0xc0 | r >> 6);
		out[1] = (char)(0x80 | (r & 0x3f));
		return 2;
	}
	if (r < 0x10000) {
		out[0] = (char)(0xe0 | r >> 12);
		out[1] = (char)(0x80 | (r >> 6 & 0x3f));
		out[2] = (char)(0x80 | (r & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | r >> 18);
	out[1] = (char)(0x80 | (r >> 12 & 0x3f));
	out[2] = (char)(0x80 | (r >> 6 & 0x3f));
	out[3] = (char)(0x80 | (r & 0x3f));
	return 4;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* One escape behind the backslash at s[0]; returns bytes used, 0 when it is wrong. */
static size_t unescape(const char *s, const char *end, char *out, unsigned *ret_bytes)
{
	static const char from[] = "abfnrtv\\\"", to[] = "\a\b\f\n\r\t\v\\\"";
	const char *simple = *s ? strchr(from, *s) : NULL;
	unsigned digits = 0, base = 16;
	uint32_t r = 0;

	if (simple) {
		*out = to[simple - from];
		*ret_bytes = 1;
		return 1;
	}
	if (*s >= '0' && *s <= '7') {
		digits = 3;
		base = 8;
		s--;                            /* the first digit is part of the number */
	} else if (*s == 'x') {
		digits = 2;
	} else if (*s == 'u') {
		digits = 4;
	} else if (*s == 'U') {
		digits = 8;
	}
	if (!digits || end - s - 1 < (ptrdiff_t)digits)
		return 0;
	for (unsigned i = 1; i <= digits; i++) {
		int d = digit_value(s[i]);

		if (d >= (int)base)
			return 0;
		r = r * base + (unsigned)d;
	}
	if (digits <= 3) {                      /* a byte */
		if (r > 255)
			return 0;
		*out = (char)r;
		*ret_bytes = 1;
		return base == 8 ? digits : digits + 1;
	}
	if (r > 0x10ffff || (r >= 0xd800 && r < 0xe000))
		return 0;
	*ret_bytes = put_utf8(out, r);
	return digits + 1;
}

const char *go_unquote(const char *literal, size_t len, struct arena *arena)
{
	const char *s = literal + 1, *end = literal + len - 1;
	size_t n = 0;

	if (len < 2)
		return NULL;
	/* Every escape is at least as long as the bytes it stands for. */
	char *out = arena_alloc(arena, len, 1);

	if (*literal == '`') {
		for (; s < end; s++)
			if (*s != '\r')
				out[n++] = *s;
	} else {
		while (s < end) {
			unsigned bytes = 1;

			if (*s != '\\') {
				out[n++] = *s++;
				continue;
			}
			size_t used = ++s < end ? unescape(s, end, out + n, &bytes) : 0;

			if (!used)
				return NULL;
			s += used;
			n += bytes;
		}
	}
	return memchr(out, '\0', n) ? NULL : out;
}
