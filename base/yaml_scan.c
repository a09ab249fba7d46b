/* SPDX-License-Identifier: MIT */
/* yaml_scan.c - text that YAML allows; characters to bytes to lines and columns. */
#include "base/yaml_scan.h"
#include "base/text.h"

#define YAML_STEP 64u                   /* characters between two remembered places */

int yaml_place_error(const struct yaml_places *p, size_t byte, struct err *err, const char *text)
{
	uint32_t line, col;

	yaml_place_line(p, byte, &line, &col);
	return err_set(err, ERR_CONFIG, "%s:%u:%u: %s", p->file, line, col, text);
}

/* Those of YAML 1.1's c-printable; the mark U+FEFF inside of a file is a mistake. */
static bool is_allowed(uint32_t point)
{
	if (point < 0x20)
		return point == '\t' || point == '\n' || point == '\r';
	if (point < 0x7f || point == 0x85)
		return true;
	return point >= 0xa0 && point != 0xfeff && point != 0xfffe && point != 0xffff;
}

static int refuse(const struct yaml_places *p, size_t at, uint32_t point, struct err *err)
{
	char text[80];

	if (point != UTF8_INVALID)
		snprintf(text, sizeof(text), "the character U+%04X is not allowed in YAML",
			 (unsigned)point);
	else
		snprintf(text, sizeof(text), "the byte 0x%02x is not UTF-8",
			 (unsigned char)p->bytes[at]);
	return yaml_place_error(p, at, err, text);
}

int yaml_places_init(struct yaml_places *p, const char *file, const char *bytes, size_t len,
		     struct arena *arena, struct err *err)
{
	size_t lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	p->bytes = bytes;
	p->len = len;
	p->file = file;
	p->nchars = 0;
	p->line_at = arena_array(arena, uint32_t, lines);
	p->char_at = arena_array(arena, uint32_t, len / YAML_STEP + 1);
	p->nlines = 1;
	for (size_t at = 0; at < len; p->nchars++) {
		uint32_t point;
		size_t n = utf8_decode(bytes + at, len - at, &point);

		if (p->nchars % YAML_STEP == 0)
			p->char_at[p->nchars / YAML_STEP] = (uint32_t)at;
		if (point == UTF8_INVALID || !is_allowed(point))
			return refuse(p, at, point, err);
		at += n;
		if (point == '\n')
			p->line_at[p->nlines++] = (uint32_t)at;
	}
	return 0;
}

size_t yaml_place_byte(const struct yaml_places *p, size_t character)
{
	if (character >= p->nchars)
		return p->len;
	size_t at = p->char_at[character / YAML_STEP];

	for (size_t n = character % YAML_STEP; n; n--) {
		uint32_t point;

		at += utf8_decode(p->bytes + at, p->len - at, &point);
	}
	return at;
}

void yaml_place_line(const struct yaml_places *p, size_t byte, uint32_t *ret_line,
		     uint32_t *ret_col)
{
	uint32_t lo = 0, hi = p->nlines;

	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->line_at[mid] <= byte)
			lo = mid;
		else
			hi = mid;
	}
	*ret_line = lo + (p->first_line ? p->first_line : 1);
	*ret_col = (uint32_t)byte - p->line_at[lo] + 1;
}
