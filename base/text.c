/* SPDX-License-Identifier: MIT */
/* text.c - decoding, escaping, cutting and counting; widths are in text_width.c. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define ELLIPSIS "\xe2\x80\xa6"

size_t utf8_decode(const char *s, size_t len, uint32_t *ret_point)
{
	const unsigned char *p = (const unsigned char *)s;
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 :
		   p[0] < 0xf5 ? 4 : 0;
	uint32_t point = n < 2 ? p[0] : p[0] & (0x7fu >> n);

	*ret_point = UTF8_INVALID;
	if (!n || n > len)
		return 1;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 1;
		point = point << 6 | (p[i] & 0x3f);
	}
	if (point < least[n] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return 1;
	*ret_point = point;
	return n;
}

bool utf8_valid(const char *s, size_t len)
{
	uint32_t point;

	for (size_t i = 0; i < len;) {
		uint64_t eight;

		/* Most text is ASCII: eight bytes a step. */
		if (len - i >= sizeof(eight)) {
			memcpy(&eight, s + i, sizeof(eight));
			if (!(eight & UINT64_C(0x8080808080808080))) {
				i += sizeof(eight);
				continue;
			}
		}
		i += utf8_decode(s + i, len - i, &point);
		if (point == UTF8_INVALID)
			return false;
	}
	return true;
}

bool text_is_hostile(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

static int write_escape(char *out, size_t cap, uint32_t point, unsigned char byte)
{
	if (point == UTF8_INVALID)
		return snprintf(out, cap, "\\x%02x", byte);
	if (point == '\n')
		return snprintf(out, cap, "\\n");
	if (point == '\r')
		return snprintf(out, cap, "\\r");
	if (point == '\t')
		return snprintf(out, cap, "\\t");
	if (point < 0x80)
		return snprintf(out, cap, "\\x%02x", point);
	return snprintf(out, cap, point > 0xffff ? "\\U%08x" : "\\u%04x", point);
}

static bool needs_escape(const char *s, size_t len)
{
	uint32_t point;

	for (size_t i = 0; i < len;) {
		i += utf8_decode(s + i, len - i, &point);
		if (point == UTF8_INVALID || text_is_hostile(point))
			return true;
	}
	return false;
}

const char *text_escape_bytes(struct arena *a, const char *s, size_t len)
{
	/* The longest growth is \U000e0001, ten bytes for four; one byte becomes four. */
	char *out = arena_alloc(a, len * 4 + 1, 1);
	size_t used = 0;
	uint32_t point;

	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(s + i, len - i, &point);

		if (point == UTF8_INVALID || text_is_hostile(point)) {
			char escape[16];
			size_t m = (size_t)write_escape(escape, sizeof(escape), point,
							(unsigned char)s[i]);

			memcpy(out + used, escape, m);
			used += m;
		} else {
			memcpy(out + used, s + i, n);
			used += n;
		}
		i += n;
	}
	return out;
}

const char *text_escape(struct arena *a, const char *s)
{
	size_t len = strlen(s);

	return needs_escape(s, len) ? text_escape_bytes(a, s, len) : s;
}

/* Bytes of s that fit into `columns`; combining marks stay with what they follow. */
static size_t fitting(const char *s, size_t len, size_t columns, size_t *ret_width)
{
	size_t at = 0, width = 0;

	while (at < len) {
		uint32_t point;
		size_t n = utf8_decode(s + at, len - at, &point);
		unsigned w = text_point_width(point);

		if (width + w > columns)
			break;
		width += w;
		at += n;
	}
	*ret_width = width;
	return at;
}

const char *text_cut(struct arena *a, const char *s, size_t columns)
{
	size_t width, len = strlen(s);

	if (fitting(s, len, columns, &width) == len)
		return s;
	if (!columns)
		return "";
	return arena_printf(a, "%.*s" ELLIPSIS, (int)fitting(s, len, columns - 1, &width), s);
}

const char *text_cut_left(struct arena *a, const char *s, size_t columns)
{
	size_t width = text_width(s), len = strlen(s), at = 0;

	if (width <= columns)
		return s;
	if (!columns)
		return "";
	while (at < len) {
		uint32_t point;
		size_t n = utf8_decode(s + at, len - at, &point);
		unsigned w = text_point_width(point);

		/* What begins the rest must not be a mark that belongs to what was cut. */
		if (width <= columns - 1 && w)
			break;
		width -= w;
		at += n;
	}
	return arena_printf(a, ELLIPSIS "%s", s + at);
}

const char *text_pad(struct arena *a, const char *s, size_t columns)
{
	const char *cut = text_cut(a, s, columns);
	size_t width = text_width(cut);

	return arena_printf(a, "%s%*s", cut, (int)(columns - width), "");
}

void text_wrap(FILE *out, const char *text, unsigned indent, unsigned columns)
{
	text_wrap_from(out, text, indent, indent, columns);
}

void text_wrap_from(FILE *out, const char *text, size_t start, unsigned indent, unsigned columns)
{
	size_t at = start;
	bool first = true;

	for (const char *p = text + strspn(text, " \n"); *p; p += strspn(p, " \n")) {
		size_t len = strcspn(p, " \n"), width;

		fitting(p, len, SIZE_MAX, &width);
		if (!first && at + 1 + width > columns) {
			fprintf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (!first) {
			fputc(' ', out);
			at++;
		}
		at += width;
		for (; len; len--, p++)
			fputc(*p == *TEXT_GLUE ? ' ' : *p, out);
		first = false;
	}
	fputc('\n', out);
}

const char *text_number(struct arena *a, uint64_t n)
{
	char digits[24], out[32];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n),
		used = 0;

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			out[used++] = ',';
		out[used++] = digits[i];
	}
	return arena_strndup(a, out, used);
}

const char *text_rough(struct arena *a, uint64_t n)
{
	if (n < 10000)
		return text_number(a, n);
	if (n < 999500)
		return arena_printf(a, "%lluk", (unsigned long long)((n + 500) / 1000));
	uint64_t tenths = (n + 50000) / 100000;

	return arena_printf(a, "%s.%lluM", text_number(a, tenths / 10),
			    (unsigned long long)(tenths % 10));
}

const char *text_count(struct arena *a, uint64_t n, const char *one, const char *many)
{
	return arena_printf(a, "%s %s", text_number(a, n), n == 1 ? one : many);
}

const char *text_bytes(struct arena *a, uint64_t bytes)
{
	static const char *const unit[] = { "bytes", "KB", "MB", "GB", "TB" };
	double n = (double)bytes;
	unsigned u = 0;

	for (; n >= 999.95 && u + 1 < ARRAY_SIZE(unit); u++)
		n /= 1000;
	return u ? arena_printf(a, "%.1f %s", n, unit[u]) : text_count(a, bytes, "byte", "bytes");
}

size_t text_distance(const char *a, const char *b, size_t limit)
{
	/* What both begin with costs nothing; one letter of it stays, for a swap. */
	while (*a && a[0] == b[0] && a[1] == b[1]) {
		a++;
		b++;
	}
	size_t la = strlen(a), lb = strlen(b), width = lb + 1;

	if (la > lb + limit || lb > la + limit)
		return limit + 1;
	/* Three rows of the table: a swap looks two rows back. */
	size_t *rows = xcalloc(3 * width, sizeof(*rows));
	size_t *before = rows, *last = rows + width, *row = rows + 2 * width, result;

	for (size_t k = 0; k < width; k++)
		last[k] = k;
	/* A swap looks two rows back: where two of them are beyond the limit, all is. */
	for (size_t i = 1, beyond = 0; i <= la && beyond < 2; i++) {
		size_t least = row[0] = i;

		for (size_t k = 1; k < width; k++) {
			size_t best = last[k - 1] + (a[i - 1] != b[k - 1]);

			best = last[k] + 1 < best ? last[k] + 1 : best;
			best = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				best = before[k - 2] + 1 < best ? before[k - 2] + 1 : best;
			row[k] = best;
			least = best < least ? best : least;
		}
		beyond = least > limit ? beyond + 1 : 0;
		size_t *spare = before;

		before = last;
		last = row;
		row = spare;
	}
	result = last[lb] <= limit ? last[lb] : limit + 1;
	free(rows);
	return result;
}
