/* SPDX-License-Identifier: MIT */
/* frame.c - finds, widens and cuts the line, and puts the caret. */
#include "cmd/report/frame.h"
#include "base/text.h"
#include "cmd/report/paint.h"
#include "graph/source/tree.h"

#include <string.h>

#define TAB_COLUMNS 4
#define SCREEN_COLUMNS 100
/* Imports come first: a line further down than this many bytes is shown by its number only. */
#define FRAME_BYTES ((size_t)1 << 20)

void frames_init(struct frames *f, const struct source *s)
{
	*f = (struct frames){ .source = s };
}

void frames_release(struct frames *f)
{
	arena_release(&f->file);
	arena_release(&f->line);
}

/* Escaped bytes, tabs widened from display column `column` on. */
static const char *widen(struct arena *a, const char *s, size_t len, size_t column)
{
	const char *out = "";

	while (len) {
		const char *tab = memchr(s, '\t', len);
		size_t n = tab ? (size_t)(tab - s) : len;
		const char *part = text_escape_bytes(a, s, n);

		column += text_width(part);
		size_t pad = tab ? TAB_COLUMNS - column % TAB_COLUMNS : 0;

		out = arena_printf(a, "%s%s%*s", out, part, (int)pad, "");
		column += pad;
		s += n + (tab != NULL);
		len -= n + (tab != NULL);
	}
	return out;
}

const char *frame_line(struct arena *a, const char *line, size_t len, size_t col, size_t columns,
		       size_t *ret_caret)
{
	/* A line of a megabyte is not worth widening as a whole: far ends are cut anyway. */
	const size_t most = 4 * columns;
	size_t before = col ? col - 1 : 0, from = 0;

	if (before > len)
		before = len;
	if (before > most) {
		from = before - most;
		/* Not into the middle of a code point. */
		while (from < before && ((unsigned char)line[from] & 0xc0) == 0x80)
			from++;
	}
	size_t after = len - before < most ? len - before : most;
	const char *left = widen(a, line + from, before - from, 0), *right;

	if (from)
		left = text_cut_left(a, arena_printf(a, "\xe2\x80\xa6%s", left), columns / 2);
	else if (text_width(left) > columns / 2)
		left = text_cut_left(a, left, columns / 2);
	*ret_caret = text_width(left);
	right = widen(a, line + before, after, *ret_caret);
	if (after < len - before)
		right = arena_printf(a, "%s\xe2\x80\xa6", right);
	return arena_printf(a, "%s%s", left, text_cut(a, right, columns - *ret_caret));
}

static bool load(struct frames *f, sym_id path)
{
	struct err ignored = ERR_INIT;

	if (f->path.v == path.v && path.v)
		return f->bytes != NULL;
	arena_reset(&f->file);
	f->path = path;
	f->bytes = NULL;
	if (source_file_bytes(f->source, path, FRAME_BYTES, &f->file, &f->bytes, &f->len, &ignored))
		f->bytes = NULL;
	return f->bytes != NULL;
}

static const char *find_line(const struct frames *f, uint32_t number, size_t *ret_len)
{
	const char *p = f->bytes, *end = f->bytes + f->len;

	/* A byte order mark is no part of the first line: columns do not count it. */
	if (f->len >= 3 && !memcmp(p, "\xef\xbb\xbf", 3))
		p += 3;
	for (; number > 1; number--) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p++)
			return NULL;
	}
	if (p == end)
		return NULL;
	const char *stop = memchr(p, '\n', (size_t)(end - p));

	*ret_len = (size_t)((stop ? stop : end) - p);
	if (*ret_len && p[*ret_len - 1] == '\r')
		--*ret_len;
	return p;
}

const char *frame_text(struct frames *f, const struct span *at, size_t columns, size_t *ret_caret)
{
	size_t len;
	const char *line = at->line && load(f, at->path) ? find_line(f, at->line, &len) : NULL;

	return line ? frame_line(&f->line, line, len, at->col, columns, ret_caret) : NULL;
}

void frame_print(struct frames *f, const struct span *at, bool color, FILE *out)
{
	size_t len, caret;

	if (!at->line)
		return;
	if (!load(f, at->path)) {
		/* Go files were read before; of others there are no frames. */
		if (tree_is_go(sym_text(f->source->syms, at->path)))
			fputs("     - | (cannot be read again)\n", out);
		return;
	}
	const char *line = find_line(f, at->line, &len);

	if (!line)
		return;
	const char *number = arena_printf(&f->line, "%6u", at->line);
	size_t gutter = strlen(number);
	const char *text = frame_line(&f->line, line, len, at->col, SCREEN_COLUMNS - gutter - 3,
				      &caret);

	fprintf(out, "%s%s |%s %s\n", paint_on(color, PAINT_DIM), number, paint_off(color), text);
	if (at->col)
		fprintf(out, "%s%*s |%s %*s%s^%s\n", paint_on(color, PAINT_DIM), (int)gutter, "",
			paint_off(color), (int)caret, "", paint_on(color, PAINT_RED),
			paint_off(color));
	arena_reset(&f->line);
}
