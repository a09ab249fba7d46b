/* SPDX-License-Identifier: MIT */
/* gotext.c - UTF-8, character classes and string literals as Go defines them. */
#include "graph/source/gotext.h"

#include <string.h>

unsigned rune_decode(const char *p, size_t len, uint32_t *ret_rune, bool *ret_bad)
{
	const unsigned char *s = (const unsigned char *)p;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 :
		     s[0] < 0xf5 ? 4 : 0;
	uint32_t r = n == 1 ? s[0] : n ? s[0] & (0x7fu >> n) : 0;

	*ret_bad = false;
	for (unsigned i = 1; i < n; i++) {
		if (i >= len || (s[i] & 0xc0) != 0x80) {
			n = 0;
			break;
		}
		r = r << 6 | (s[i] & 0x3f);
	}
	if (!n || r < least[n] || r > 0x10ffff || (r >= 0xd800 && r < 0xe000)) {
		*ret_bad = true;
		*ret_rune = 0xfffd;
		return 1;
	}
	*ret_rune = r;
	return n;
}

struct range { uint32_t first, last; };

static bool in_ranges(const struct range *r, size_t n, uint32_t rune)
{
	for (size_t i = 0; i < n; i++)
		if (rune >= r[i].first && rune <= r[i].last)
			return true;
	return false;
}

/* Spaces, controls, format characters, private use, surrogates. */
static const struct range invisible[] = {
	{ 0x00, 0x20 }, { 0x7f, 0xa0 }, { 0xad, 0xad }, { 0x600, 0x605 }, { 0x61c, 0x61c },
	{ 0x6dd, 0x6dd }, { 0x70f, 0x70f }, { 0x1680, 0x1680 }, { 0x180e, 0x180e },
	{ 0x2000, 0x200f }, { 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 },
	{ 0xd800, 0xf8ff }, { 0xfeff, 0xfeff }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff },
	{ 0xe0000, 0x10ffff },
};

/* Visible blocks that hold no letters: punctuation, symbols, arrows, pictures. */
static const struct range symbols[] = {
	{ 0xa1, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf }, { 0xd7, 0xd7 },
	{ 0xf7, 0xf7 }, { 0x2010, 0x2070 }, { 0x2072, 0x207e }, { 0x2080, 0x208f },
	{ 0x20a0, 0x2101 }, { 0x2190, 0x2bff }, { 0x2e00, 0x2e2e }, { 0x2e30, 0x3004 },
	{ 0x3007, 0x3030 }, { 0x303d, 0x3040 }, { 0xfe10, 0xfe6f }, { 0xff00, 0xff20 },
	{ 0xfffc, 0xfffd }, { 0x1f000, 0x1faff },
};

bool rune_is_visible(uint32_t rune)
{
	return !in_ranges(invisible, ARRAY_SIZE(invisible), rune);
}

bool rune_is_digit(uint32_t rune)
{
	static const struct range digits[] = {
		{ '0', '9' }, { 0x660, 0x669 }, { 0x6f0, 0x6f9 }, { 0x966, 0x96f }, { 0xff10, 0xff19 },
	};

	return in_ranges(digits, ARRAY_SIZE(digits), rune);
}

bool rune_is_letter(uint32_t rune)
{
	if (rune < 0x80)
		return (rune | 0x20) - 'a' < 26 || rune == '_';
	return rune_is_visible(rune) && !rune_is_digit(rune) &&
	       !in_ranges(symbols, ARRAY_SIZE(symbols), rune);
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
