/* SPDX-License-Identifier: MIT */
/*
 * complexity_comment.c - comments that tell Go's tools something: `//gocyclo:ignore`
 * and `//gocognit:ignore` above a declaration, `//line FILE:LINE` anywhere.  As
 * go/parser (comment groups) and go/scanner (updateLineInfo) read them.
 */
#include "graph/source/complexity.h"
#include "graph/source/gotext.h"

#include <string.h>

#define LINE_PREFIX "//line "
#define LINE_COL_MAX (1u << 30)

static struct text comment_text(const struct syntax *s, const struct cover *c)
{
	struct text t = { s->bytes + c->start, c->end - c->start };

	if (t.s[1] == '/')
		while (t.len > 2 && t.s[t.len - 1] == '\r')
			t.len--;
	return t;
}

/* ":123" at the end: false without a colon; *ret_ok when digits are all there is behind it. */
static bool cut_number(struct text *t, uint64_t *ret, bool *ret_ok, size_t *ret_len)
{
	size_t colon = t->len;

	while (colon && t->s[colon - 1] != ':')
		colon--;
	if (!colon)
		return false;
	*ret = 0;
	*ret_ok = colon < t->len;
	for (size_t i = colon; i < t->len; i++) {
		if (t->s[i] < '0' || t->s[i] > '9')
			*ret_ok = false;
		else if (*ret <= LINE_COL_MAX)
			*ret = *ret * 10 + (uint64_t)(t->s[i] - '0');
	}
	*ret_len = colon - 1;
	return true;
}

static bool valid(uint64_t n)
{
	return n && n <= LINE_COL_MAX;
}

/* What is behind `next` is somewhere else, unless the comment is no such directive. */
static void remap(struct complexity *c, const struct cover *comment)
{
	const struct syntax *s = c->s;
	struct text t = comment_text(s, comment);
	uint64_t line = 0, col = 0;
	bool ok, has_col = false;
	size_t len;
	uint32_t start_col, next = comment->end;

	syntax_line(s, comment->start, &start_col);
	if (t.s[1] == '/')
		next += next < s->len;
	if ((t.s[1] == '/' && start_col != 1) || next >= s->len)
		return;
	t.len -= t.s[1] == '*' ? 2 : 0;
	t.s += strlen(LINE_PREFIX);
	t.len -= strlen(LINE_PREFIX);
	if (!cut_number(&t, &line, &ok, &len) || !ok)
		return;
	t.len = len;
	if (cut_number(&t, &col, &ok, &len) && ok) {
		uint64_t n = line;

		line = col;
		col = n;
		has_col = true;
		t.len = len;
	}
	if (!valid(line) || (has_col && !valid(col)))
		return;

	uint32_t n = c->b->remap.count;
	struct body_remap last = n ? c->b->remap.at[n - 1] : (struct body_remap){ .own = 1 };
	body_str file = t.len ? body_str_of(c->b, t.s, t.len) : 0;
	struct body_remap *r = body_add_remap(c->b);

	r->line = syntax_line(s, next, &r->col);
	/* No name in front of a column: the one that holds here. */
	if (!t.len && has_col) {
		r->own = last.own;
		r->as_file = last.as_file;
	} else {
		r->as_file = file;
	}
	r->as_line = (uint32_t)line;
	r->as_col = has_col ? (uint32_t)col : 0;
}

struct group {
	uint32_t first, end;            /* into complexity.cover */
};

/*
 * The comments that go/parser takes for the documentation of a declaration of the
 * package level; it may be none.  `from` is the end of the token before it, *at a
 * cursor over the comments.
 */
static struct group doc_of(const struct complexity *c, uint32_t top, uint32_t from, uint32_t *at)
{
	const struct syntax *s = c->s;
	uint32_t start = s->syn[top].start, i = *at, last_line = UINT32_MAX;
	uint32_t beside = from ? complexity_line(s, from - 1) : 0;
	struct group g;

	while (i < c->ncovers && c->cover[i].start < from)
		i++;
	/* What begins beside the last token belongs to that. */
	for (; i < c->ncovers && c->cover[i].end <= start; i++) {
		if (complexity_line(s, c->cover[i].start) > beside)
			break;
		beside = complexity_line(s, c->cover[i].end - 1);
	}
	for (g.first = i; i < c->ncovers && c->cover[i].end <= start; i++) {
		uint32_t line = complexity_line(s, c->cover[i].start);

		if (last_line != UINT32_MAX && line > last_line + 1)
			g.first = i;
		last_line = complexity_line(s, c->cover[i].end - 1);
	}
	*at = g.end = i;
	if (last_line == UINT32_MAX || last_line + 1 != complexity_line(s, start))
		g.first = g.end;
	return g;
}

static uint32_t flags_of(const struct complexity *c, struct group doc)
{
	static const char cyclo[] = "//gocyclo:", cognit[] = "//gocognit:ignore";
	uint32_t flags = 0;

	for (uint32_t i = doc.first; i < doc.end; i++) {
		struct text t = comment_text(c->s, &c->cover[i]);

		if (t.len == strlen(cognit) && !memcmp(t.s, cognit, t.len))
			flags |= FUNC_GOCOGNIT_IGNORE;
		if (!text_has_prefix(t, cyclo))
			continue;
		t = text_trim((struct text){ t.s + strlen(cyclo), t.len - strlen(cyclo) });
		if (t.len == strlen("ignore") && text_has_prefix(t, "ignore"))
			flags |= FUNC_GOCYCLO_IGNORE;
	}
	return flags;
}

static void find_ignored(struct complexity *c)
{
	const struct syntax *s = c->s;
	uint32_t from = 0, at = 0, f = 0;

	syntax_foreach_child(s, 0, top) {
		if (s->syn[top].kind == SYN_COMMENT)
			continue;
		if (f < c->nfuncs && c->func[f].top == top) {
			uint32_t flags = flags_of(c, doc_of(c, top, from, &at));

			for (; f < c->nfuncs && c->func[f].top == top; f++)
				c->b->func.at[f].flags |= flags;
		}
		from = s->syn[top].end;
	}
}

void complexity_comments(struct complexity *c)
{
	bool ignored = false;

	for (uint32_t i = 0; i < c->ncovers; i++) {
		struct text t = { c->s->bytes + c->cover[i].start,
				  c->cover[i].end - c->cover[i].start };

		if (!c->cover[i].comment || t.len < strlen(LINE_PREFIX))
			continue;
		if (!memcmp(t.s + 2, &LINE_PREFIX[2], strlen(LINE_PREFIX) - 2))
			remap(c, &c->cover[i]);
		else if (text_has_prefix(t, "//goc"))
			ignored = true;
	}
	if (ignored)
		find_ignored(c);
}
