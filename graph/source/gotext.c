/* SPDX-License-Identifier: MIT */
/* gotext.c - UTF-8, character classes and string literals as Go defines them. */
#include "graph/source/gotext.h"

#include <string.h>

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

bool rune_is_visible(uint32_t rune)
{
	if (rune < 0x7f)
		return rune > ' ';
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
	return rune_is_tag(rune) && !rune_is_digit(rune);
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
