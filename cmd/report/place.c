/* SPDX-License-Identifier: MIT */
/* place.c - reads every file that has a finding, once, and counts in it. */
#include "cmd/report/place.h"
#include "base/limits.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW 100u                     /* units that a line's hash is made of */
#define FACTOR UINT64_C(37)
#define END_OF_FILE 65535u

struct spot {
	const struct span *at;
	uint32_t place;                 /* number of its struct place */
	bool own;                       /* of the finding itself */
};

/* What is being read: one file. */
struct reading {
	const char *p, *end;            /* the line that is looked at, up to the end of the file */
	uint32_t line;
	uint64_t *hash;                 /* [line - 1]; NULL = not asked for */
	uint32_t *nth, nlines;
};

const struct finding *report_numbered(const struct report *r, uint32_t i)
{
	uint32_t own = r->findings->count;

	return i < own ? &r->findings->item[i] : &r->findings->held[i - own];
}

const char *report_path(const struct report *r, const struct span *at)
{
	const char *path = sym_text(r->source->syms, at->path);

	return *path ? path : ".";
}

/*
 * Bytes at s that decoders of browsers and Node replace by one U+FFFD: the longest
 * beginning of a sequence that could have become valid.
 */
static size_t broken_bytes(const unsigned char *s, size_t len)
{
	size_t want = s[0] < 0xc2 || s[0] > 0xf4 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	unsigned char low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
	unsigned char high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
	size_t n = 1;

	if (n < want && n < len && s[n] >= low && s[n] <= high)
		n++;
	while (n > 1 && n < want && n < len && (s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* The units that count, the end of the file behind them; line starts are marked in `start`. */
struct units {
	uint16_t *unit;
	size_t count;
	size_t *start;                  /* where each line begins */
	uint32_t nlines, cap;
	bool at_start, after_cr;
};

static void add_unit(struct units *u, uint32_t unit)
{
	bool after_cr = u->after_cr;

	u->after_cr = false;
	if (unit == ' ' || unit == '\t' || (after_cr && unit == '\n'))
		return;
	if (unit == '\r') {
		unit = '\n';
		u->after_cr = true;
	}
	if (u->at_start) {
		VEC_RESERVE(u->start, u->cap, (size_t)u->nlines + 1);
		u->start[u->nlines++] = u->count;
	}
	u->at_start = unit == '\n';
	u->unit[u->count++] = (uint16_t)unit;
}

static void take_units(struct units *u, const char *bytes, size_t len)
{
	uint32_t point;

	/* Never more units than bytes. */
	*u = (struct units){ .unit = xrealloc(NULL, len + 1, sizeof(*u->unit)), .at_start = true };
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(bytes + i, len - i, &point);

		if (point == UTF8_INVALID) {
			n = broken_bytes((const unsigned char *)bytes + i, len - i);
			point = 0xfffd;
		}
		if (point > 0xffff) {
			add_unit(u, 0xd800 + ((point - 0x10000) >> 10));
			add_unit(u, 0xdc00 + ((point - 0x10000) & 0x3ff));
		} else {
			add_unit(u, point);
		}
		i += n;
	}
	add_unit(u, END_OF_FILE);
}

uint32_t place_line_hashes(const char *bytes, size_t len, uint64_t **ret_hash)
{
	struct units u;
	uint64_t hash = 0, leaving = 1;
	uint32_t line = 0;

	take_units(&u, bytes, len);
	for (unsigned i = 0; i < WINDOW; i++)
		leaving *= FACTOR;
	*ret_hash = xcalloc(u.nlines, sizeof(**ret_hash));
	for (size_t i = 0; line < u.nlines; i++) {
		hash = hash * FACTOR + (i < u.count ? u.unit[i] : 0);
		if (i >= WINDOW && i - WINDOW < u.count)
			hash -= leaving * u.unit[i - WINDOW];
		if (u.start[line] + WINDOW - 1 == i)
			(*ret_hash)[line++] = hash;
	}
	free(u.unit);
	free(u.start);
	return line;
}

static int compare_hashes(const void *left, const void *right, void *ctx)
{
	const uint64_t *hash = ctx;
	const uint32_t *a = left, *b = right;

	if (hash[*a] != hash[*b])
		return hash[*a] < hash[*b] ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

/* The number of each line among those of the same hash. */
static uint32_t *count_alike(uint64_t *hash, uint32_t n)
{
	uint32_t *order = xrealloc(NULL, n, sizeof(*order));
	uint32_t *nth = xrealloc(NULL, n, sizeof(*nth));

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	sort_with(order, n, sizeof(*order), compare_hashes, hash);
	for (uint32_t i = 0; i < n; i++) {
		bool again = i && hash[order[i]] == hash[order[i - 1]];

		nth[order[i]] = again ? nth[order[i - 1]] + 1 : 1;
	}
	free(order);
	return nth;
}

/* Code points in the first `bytes` of a line, and one: the column of what stands behind them. */
static uint32_t column_of(const char *line, size_t bytes)
{
	uint32_t col = 1, point;

	for (size_t i = 0; i < bytes; col++)
		i += utf8_decode(line + i, bytes - i, &point);
	return col;
}

static void measure(const struct span *at, const char *line, size_t len, struct place *p)
{
	size_t from = at->line && at->col ? at->col - 1 : 0;
	size_t to = at->line && at->col && at->end_col ? at->end_col - 1 : len;

	/* The file may have changed since it was read. */
	from = from < len ? from : len;
	to = to < len ? to : len;
	to = to > from ? to : from;
	p->byte_col = (uint32_t)from + 1;
	p->byte_end = (uint32_t)to + 1;
	p->col = column_of(line, from);
	p->end_col = p->col + column_of(line + from, to - from) - 1;
}

/* Goes on to a line; false where the file has not so many. */
static bool go_to(struct reading *f, uint32_t line)
{
	for (; f->line < line; f->line++) {
		const char *stop = memchr(f->p, '\n', (size_t)(f->end - f->p));

		if (!stop)
			return false;
		f->p = stop + 1;
	}
	return true;
}

static void settle(struct reading *f, const struct spot *spot, struct place *p)
{
	if (f->p && go_to(f, p->line)) {
		const char *stop = memchr(f->p, '\n', (size_t)(f->end - f->p));
		size_t len = (size_t)((stop ? stop : f->end) - f->p);

		if (len && f->p[len - 1] == '\r')
			len--;
		measure(spot->at, f->p, len, p);
	}
	if (spot->own && f->hash && p->line <= f->nlines) {
		p->hash = f->hash[p->line - 1];
		p->nth = f->nth[p->line - 1];
	}
}

/* Whatever its name, not only what Go reads.  False where it is gone by now. */
static bool load(const struct source *s, sym_id path, size_t most, struct tree_buf *buf)
{
	struct arena scratch = ARENA_INIT;
	struct err ignored = ERR_INIT;
	const char *name = sym_text(s->syms, path);
	uint32_t ref;
	/* What is outside of the tree has another path there. */
	bool read = s->tree && *name && *name != '/' && path_clean(&scratch, name) &&
		    tree_find(s->tree, name, &scratch, &ref) &&
		    !tree_read(s->tree, name, ref, most, buf, &ignored);

	arena_release(&scratch);
	return read;
}

/* All spots of one file, by line; false where it could not be read as a whole. */
static bool read_file(const struct report *r, const struct spot *spot, uint32_t n, bool hashes,
		      struct place *place)
{
	const size_t most = limit_of(LIMIT_SYNTAX_BYTES);
	struct tree_buf buf = { 0 };
	struct reading f = { .line = 1 };

	/* What is gone by now, or too large, is told as the analysis saw it. */
	if (load(r->source, spot->at->path, most, &buf)) {
		f.p = buf.bytes ? buf.bytes : "";
		f.end = f.p + buf.len;
		/* A byte order mark is no part of the first line: columns do not count it. */
		if (buf.len >= 3 && !memcmp(f.p, "\xef\xbb\xbf", 3))
			f.p += 3;
		if (hashes && buf.whole) {
			f.nlines = place_line_hashes(f.end - buf.len, buf.len, &f.hash);
			f.nth = count_alike(f.hash, f.nlines);
		}
	}
	bool whole = f.p && buf.whole;

	for (uint32_t i = 0; i < n; i++)
		settle(&f, &spot[i], &place[spot[i].place]);
	free(f.hash);
	free(f.nth);
	tree_buf_release(&buf);
	return whole;
}

static int compare_spots(const void *left, const void *right, void *ctx UNUSED)
{
	const struct spot *a = left, *b = right;

	if (a->at->path.v != b->at->path.v)
		return a->at->path.v < b->at->path.v ? -1 : 1;
	if (a->at->line != b->at->line)
		return a->at->line < b->at->line ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/* Before its file was read: as the analysis has it. */
static struct place as_found(const struct span *at)
{
	uint32_t col = at->line && at->col ? at->col : 1;
	uint32_t end = at->line && at->end_col > col ? at->end_col : col;

	return (struct place){
		.line = at->line ? at->line : 1, .col = col, .end_col = end, .byte_col = col,
		.byte_end = end,
	};
}

void places_init(const struct report *r, bool hashes, struct places *ret)
{
	uint32_t count = r->findings->count + r->findings->nheld, n = 0, from = 0;

	ret->unread = 0;
	ret->first = xcalloc(count, sizeof(*ret->first));
	for (uint32_t i = 0; i < count; i++) {
		ret->first[i] = n;
		n += 1 + report_numbered(r, i)->nrelated;
	}
	struct spot *spot = xcalloc(n, sizeof(*spot));

	ret->place = xcalloc(n, sizeof(*ret->place));
	n = 0;
	for (uint32_t i = 0; i < count; i++) {
		const struct finding *f = report_numbered(r, i);

		spot[n] = (struct spot){ .at = &f->at, .place = n, .own = true };
		n++;
		for (uint32_t k = 0; k < f->nrelated; k++, n++)
			spot[n] = (struct spot){ .at = &f->related[k].at, .place = n };
	}
	for (uint32_t i = 0; i < n; i++)
		ret->place[i] = as_found(spot[i].at);
	sort_with(spot, n, sizeof(*spot), compare_spots, NULL);
	for (uint32_t to = 1; to <= n; to++)
		if (to == n || spot[to].at->path.v != spot[from].at->path.v) {
			ret->unread += !read_file(r, &spot[from], to - from, hashes, ret->place);
			from = to;
		}
	free(spot);
}

void places_release(struct places *p)
{
	free(p->place);
	free(p->first);
	*p = (struct places){ .place = NULL };
}

const struct place *place_at(const struct places *p, uint32_t i, uint32_t what)
{
	return &p->place[p->first[i] + what];
}
