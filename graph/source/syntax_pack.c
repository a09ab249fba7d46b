/* SPDX-License-Identifier: MIT */
/*
 * syntax_pack.c - a tree as bytes: numbers of 7 bits a byte, each against what stands
 * before it, so that a node takes about seven bytes.  A block is looked through before
 * it is believed.
 */
#include "graph/source/syntax_pack.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC UINT32_C(0x6d537931)
#define NUMBER_BYTES 5u
#define NODE_BYTES (3 + 4 * NUMBER_BYTES)

struct head {
	uint32_t magic, kinds;          /* another table of kinds or fields is another block */
	uint32_t status, len, nsyn, nlines, error_line, error_col, rewritten;
};

#define KINDS ((uint32_t)SYN_COUNT << 8 | (uint32_t)FIELD_COUNT)

static unsigned char *put(unsigned char *p, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		*p++ = (unsigned char)(n | 0x80);
	*p++ = (unsigned char)n;
	return p;
}

struct input { const unsigned char *at, *end; bool bad; };

static uint32_t get(struct input *in)
{
	uint32_t n = 0;

	for (unsigned shift = 0; shift < 35; shift += 7) {
		if (in->at == in->end)
			break;
		n |= (uint32_t)(*in->at & 0x7f) << shift;
		if (!(*in->at++ & 0x80))
			return n;
	}
	in->bad = true;
	return 0;
}

/* A node may begin before the one that stands before it: the sign is the lowest bit. */
static uint32_t fold(uint32_t to, uint32_t from)
{
	return to >= from ? (to - from) << 1 : (from - to) << 1 | 1;
}

static uint32_t unfold(uint32_t n, uint32_t from)
{
	return n & 1 ? from - (n >> 1) : from + (n >> 1);
}

const void *syntax_pack(const struct syntax *s, struct arena *arena, size_t *ret_size)
{
	size_t most = sizeof(struct head) + (size_t)s->nsyn * NODE_BYTES +
		      (size_t)s->nlines * NUMBER_BYTES;
	unsigned char *block = xrealloc(NULL, most, 1), *p = block + sizeof(struct head);
	const struct head head = {
		MAGIC, KINDS, s->status, s->len, s->nsyn, s->nlines, s->error_line, s->error_col,
		s->rewritten,
	};
	uint32_t start = 0, line = 0;
	void *kept;

	memcpy(block, &head, sizeof(head));
	for (uint32_t i = 0; i < s->nsyn; i++) {
		const struct syn *n = &s->syn[i];

		*p++ = n->kind;
		*p++ = n->field;
		*p++ = n->flags;
		p = put(p, fold(n->start, start));
		p = put(p, n->end - n->start);
		p = put(p, i - n->parent);
		p = put(p, n->next - i);
		start = n->start;
	}
	for (uint32_t i = 0; i < s->nlines; i++) {
		p = put(p, s->line_start[i] - line);
		line = s->line_start[i];
	}
	*ret_size = (size_t)(p - block);
	kept = arena_alloc(arena, *ret_size, 1);
	memcpy(kept, block, *ret_size);
	free(block);
	return kept;
}

static bool read_nodes(struct input *in, const struct head *h, struct syn *syn)
{
	uint32_t start = 0;

	for (uint32_t i = 0; i < h->nsyn; i++) {
		struct syn *n = &syn[i];

		if (in->end - in->at < 3)
			return false;
		n->kind = in->at[0];
		n->field = in->at[1];
		n->flags = in->at[2];
		in->at += 3;
		n->start = start = unfold(get(in), start);
		n->end = n->start + get(in);
		n->parent = i - get(in);
		n->next = i + get(in);
		if (in->bad || n->kind >= SYN_COUNT || n->field >= FIELD_COUNT ||
		    n->start > n->end || n->end > h->len || (i ? n->parent >= i : n->parent) ||
		    n->next <= i || n->next > h->nsyn || n->next > syn[n->parent].next)
			return false;
	}
	return true;
}

static bool read_lines(struct input *in, const struct head *h, uint32_t *line_start)
{
	uint64_t line = 0;

	for (uint32_t i = 0; i < h->nlines; i++) {
		line += get(in);
		if (in->bad || line > h->len)
			return false;
		line_start[i] = (uint32_t)line;
	}
	return in->at == in->end;
}

bool syntax_unpack(const void *block, size_t size, const char *bytes, uint32_t len,
		   struct arena *arena, struct syntax *ret)
{
	struct input in = { block, (const unsigned char *)block + size, false };
	struct head h;
	struct syn *syn;
	uint32_t *line_start;

	if (size < sizeof(h))
		return false;
	memcpy(&h, block, sizeof(h));
	in.at += sizeof(h);
	/* Each node and each line takes a byte at least: no block asks for more than it is. */
	if (h.magic != MAGIC || h.kinds != KINDS || h.len != len || h.status > SYNTAX_SIZE ||
	    (uint64_t)h.nsyn + h.nlines > size)
		return false;
	syn = arena_array(arena, struct syn, (size_t)h.nsyn + 1);
	line_start = arena_array(arena, uint32_t, (size_t)h.nlines + 1);
	if (!read_nodes(&in, &h, syn) || !read_lines(&in, &h, line_start))
		return false;
	*ret = (struct syntax){
		.status = h.status, .bytes = bytes, .len = len, .syn = syn, .nsyn = h.nsyn,
		.line_start = line_start, .nlines = h.nlines, .error_line = h.error_line,
		.error_col = h.error_col, .rewritten = h.rewritten,
	};
	return true;
}
