/* SPDX-License-Identifier: MIT */
/*
 * header.c - go/build's reader: find the end of the imports and the build
 * constraints in the leading comments.  What it keeps goes to importdecl.c.
 */
#include "graph/source/header.h"
#include "graph/source/gotext.h"
#include "graph/source/importdecl.h"

#include <string.h>

/* The byte reader of go/build/read.go; `at` is behind the byte that was peeked. */
struct reader {
	const char *bytes;
	size_t len, at;
	int peek;               /* 0 = none */
	bool eof, syntax, nul;
	const char *domain;     /* of the first comment that names one */
	size_t domain_len;
};

static bool stopped(const struct reader *r)
{
	return r->eof || r->syntax || r->nul;
}

static int read_byte(struct reader *r)
{
	if (r->at == r->len) {
		r->eof = true;
		return 0;
	}
	unsigned char c = (unsigned char)r->bytes[r->at++];

	if (!c)
		r->nul = true;
	return c;
}

static bool is_ident(int c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '_' || c >= 0x80;
}

static bool starts(const char *p, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - p) >= n && !memcmp(p, with, n);
}

static const char *behind_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

/* The text of a // comment, without the slashes.  Prose such as "domain: what it means" is none. */
static void note_domain(struct reader *r, const char *p, const char *end)
{
	static const char directive[] = "meshctl:domain=", word[] = "domain";
	bool is_directive = starts(p, end, directive);
	const char *name;

	if (r->domain)
		return;
	if (is_directive) {
		p += sizeof(directive) - 1;
	} else {
		p = behind_blanks(p, end);
		if (!starts(p, end, word))
			return;
		p = behind_blanks(p + sizeof(word) - 1, end);
		if (p == end || *p != ':')
			return;
		p = behind_blanks(p + 1, end);
	}
	for (name = p; p < end && (is_ident((unsigned char)*p) || memchr("-./@+", *p, 5));)
		p++;
	/* A directive may say why behind its word. */
	bool ends = is_directive ? p == end || p != behind_blanks(p, end) :
				   behind_blanks(p, end) == end;

	if (p == name || !ends)
		return;
	r->domain = name;
	r->domain_len = (size_t)(p - name);
}

/* Behind the slash that opens a comment: skips it; returns the byte behind it. */
static int skip_comment(struct reader *r)
{
	int c = read_byte(r);

	if (c == '/') {
		const char *from = r->bytes + r->at, *end = r->bytes + r->len;
		const char *nl = memchr(from, '\n', (size_t)(end - from));
		const char *stop = nl ? nl : end;
		const char *nul = memchr(from, '\0', (size_t)(stop - from));

		if (nul) {
			r->nul = true;
			return 0;
		}
		note_domain(r, from, stop);
		r->at = (size_t)(stop - r->bytes);
		if (nl)
			r->at++;
		else
			r->eof = true;
	} else if (c == '*') {
		int before = 0;

		while (!r->nul && !r->eof) {
			int now = read_byte(r);

			if (before == '*' && now == '/')
				break;
			before = now;
		}
		if (r->eof && !r->nul)
			r->syntax = true;
	} else {
		r->syntax = true;
	}
	return stopped(r) ? 0 : read_byte(r);
}

static int peek_byte(struct reader *r, bool skip_space)
{
	if (r->syntax || r->nul)
		return 0;
	int c = r->peek ? r->peek : read_byte(r);

	while (skip_space && !stopped(r)) {
		if (c == ' ' || c == '\f' || c == '\t' || c == '\r' || c == '\n' || c == ';')
			c = read_byte(r);
		else if (c == '/')
			c = skip_comment(r);
		else
			break;
	}
	if (r->syntax || r->nul)
		c = 0;
	r->peek = c;
	return c;
}

static int next_byte(struct reader *r, bool skip_space)
{
	int c = peek_byte(r, skip_space);

	r->peek = 0;
	return c;
}

static void read_keyword(struct reader *r, const char *keyword)
{
	peek_byte(r, true);
	for (; *keyword; keyword++)
		if (next_byte(r, false) != *keyword) {
			r->syntax = true;
			return;
		}
	if (is_ident(peek_byte(r, false)))
		r->syntax = true;
}

static void read_ident(struct reader *r)
{
	if (!is_ident(peek_byte(r, true))) {
		r->syntax = true;
		return;
	}
	while (is_ident(peek_byte(r, false)))
		r->peek = 0;
}

static void read_string(struct reader *r)
{
	int quote = next_byte(r, true), c;

	if (quote != '`' && quote != '"') {
		r->syntax = true;
		return;
	}
	while (!r->syntax && !r->nul) {
		c = next_byte(r, false);
		if (c == quote)
			break;
		if (r->eof || (quote == '"' && c == '\n'))
			r->syntax = true;
		if (quote == '"' && c == '\\')
			next_byte(r, false);
	}
}

static void read_import(struct reader *r)
{
	int c = peek_byte(r, true);

	if (c == '.')
		r->peek = 0;
	else if (is_ident(c))
		read_ident(r);
	read_string(r);
}

/* Leaves r->at behind the last byte that belongs to the header. */
static void read_header(struct reader *r)
{
	read_keyword(r, "package");
	read_ident(r);
	while (peek_byte(r, true) == 'i') {
		read_keyword(r, "import");
		if (peek_byte(r, true) != '(') {
			read_import(r);
			continue;
		}
		next_byte(r, false);
		while (peek_byte(r, true) != ')' && !r->syntax && !r->nul && !r->eof)
			read_import(r);
		/* Go's reader takes one step more at the end of the file and calls it an error. */
		if (r->eof)
			r->syntax = true;
		next_byte(r, false);
	}
	if (!stopped(r))
		r->at--;
}

/* Go trims unicode space; in UTF-8 source that is these and U+0085, U+00A0. */
static bool is_space(const char *p, const char *end, bool backwards)
{
	if ((*p >= '\t' && *p <= '\r') || *p == ' ')
		return true;
	if (backwards)
		return false;
	return (unsigned char)*p == 0xc2 && end - p > 1 &&
	       ((unsigned char)p[1] == 0x85 || (unsigned char)p[1] == 0xa0);
}

static void trim(const char **p, const char **end)
{
	while (*p < *end && is_space(*p, *end, false))
		*p += (unsigned char)**p == 0xc2 ? 2 : 1;
	while (*p < *end) {
		const char *last = *end - 1;

		if (is_space(last, *end, true))
			*end = last;
		else if (last > *p && is_space(last - 1, *end, false) &&
			 (unsigned char)last[-1] == 0xc2)
			*end = last - 1;
		else
			break;
	}
}

static bool is_go_build(const char *p, const char *end)
{
	if (!starts(p, end, "//go:build"))
		return false;
	p += strlen("//go:build");
	return p == end || is_space(p, end, false);
}

/* "// Code generated ... DO NOT EDIT." on a line of its own. */
static bool is_generated(const char *p, const char *end)
{
	static const char tail[] = " DO NOT EDIT.";
	size_t n = sizeof(tail) - 1;

	return starts(p, end, "// Code generated ") && (size_t)(end - p) >= n + 17 &&
	       !memcmp(end - n, tail, n);
}

/* The state of parseFileHeader() between lines. */
struct leading {
	bool ended;             /* a line that is neither blank nor // was seen */
	bool in_block;          /* inside a block comment */
};

/* Looks through the rest of a line for code; true when there is some. */
static bool line_has_code(struct leading *s, const char *p, const char *end)
{
	while (p < end) {
		if (s->in_block) {
			const char *q = p;

			while (q + 1 < end && (q[0] != '*' || q[1] != '/'))
				q++;
			if (q + 1 >= end)
				return false;
			s->in_block = false;
			p = q + 2;
		} else if (starts(p, end, "//")) {
			return false;
		} else if (starts(p, end, "/*")) {
			s->in_block = true;
			p += 2;
		} else {
			return true;
		}
		while (p < end && is_space(p, end, false))
			p += (unsigned char)*p == 0xc2 ? 2 : 1;
	}
	return false;
}

/* go/build's parseFileHeader: where constraints may stand, and the //go:build line. */
static void read_constraints(const char *bytes, size_t len, struct header *h)
{
	struct leading state = { false, false };
	const char *at = bytes, *stop = bytes + len;

	while (at < stop) {
		const char *nl = memchr(at, '\n', (size_t)(stop - at));
		const char *p = at, *end = nl ? nl : stop;

		at = nl ? nl + 1 : stop;
		if (!state.in_block && is_generated(p, end > p && end[-1] == '\r' ? end - 1 : end))
			h->generated = true;
		trim(&p, &end);
		if (p == end && !state.ended) {
			h->plus_build_end = (uint32_t)(at - bytes);
			continue;
		}
		if (!starts(p, end, "//"))
			state.ended = true;
		if (!state.in_block && is_go_build(p, end)) {
			if (h->go_build) {
				h->many_go_build = true;
				return;
			}
			h->go_build = p;
			h->go_build_len = (uint32_t)(end - p);
		}
		if (line_has_code(&state, p, end))
			return;
	}
}

/* Where the comment stands that named a domain. */
static void read_domain(const struct reader *r, struct header *h)
{
	const char *from = r->domain, *stop = r->bytes + r->len;

	if (!from)
		return;
	h->domain = r->domain;
	h->domain_len = (uint32_t)r->domain_len;
	/* Back over what note_domain() went over: the word has neither slashes nor line ends. */
	while (from[-1] != '/' || from[-2] != '/')
		from--;
	from -= 2;
	const char *line = from, *end = memchr(from, '\n', (size_t)(stop - from));

	while (line > r->bytes && line[-1] != '\n')
		line--;
	end = end ? end : stop;
	end -= end[-1] == '\r';
	h->domain_line = 1;
	for (const char *p = r->bytes; p < line; p++)
		h->domain_line += *p == '\n';
	h->domain_col = (uint32_t)(from - line) + 1;
	h->domain_end = (uint32_t)(end - line) + 1;
}

void header_scan(const char *bytes, size_t len, bool whole, struct arena *arena, struct header *ret)
{
	*ret = (struct header){ .status = HEADER_OK };
	/* Columns and lines count without the byte order mark, as in Go. */
	size_t bom = len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
	struct reader r = { .bytes = bytes + bom, .len = len - bom };

	read_header(&r);
	/* A mark, string or comment cut off by the end of the bytes looks like an error. */
	if (!whole && (r.at == r.len || len < 3)) {
		ret->status = HEADER_MORE;
		return;
	}
	if (r.nul) {
		ret->status = HEADER_NUL;
		ret->problem = "a NUL byte in the file's head";
		return;
	}
	size_t head = r.syntax ? r.len : r.at;

	read_domain(&r, ret);
	read_constraints(r.bytes, head, ret);
	ret->plus_build_end += (uint32_t)bom;
	directives_scan(r.bytes, head, r.len, arena, &ret->directive, &ret->ndirectives);
	import_decls_parse(r.bytes, head, whole || !r.syntax, arena, ret);
	ret->section_start += (uint32_t)bom;
	ret->section_end += (uint32_t)bom;
}
