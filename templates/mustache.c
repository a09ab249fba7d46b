/* SPDX-License-Identifier: MIT */
/*
 * mustache.c - a template is cut into tokens once, then walked with a stack of our own:
 * one frame for each section and partial that is open.
 */
#include "templates/mustache.h"

#include <stdlib.h>
#include <string.h>

enum kind { TEXT, NAME, RAW, SECTION, INVERTED, CLOSE, PARTIAL, NOTHING };

struct token {
	enum kind kind;
	const char *text;               /* of TEXT; else the name.  Not terminated */
	size_t len;
	uint32_t line;
	uint32_t other;                 /* of SECTION, INVERTED: its CLOSE */
	/* Of PARTIAL: what stands before it on its line, and whether that is all. */
	const char *indent;
	size_t indent_len;
	bool first, alone;
};

struct delims { char open[32], close[32]; };

struct template {
	struct token *item;
	uint32_t count, cap;
	struct delims delims;           /* in force at its end: partials begin with the first */
};

struct cutter {
	struct template *t;
	const char *name, *text;
	size_t at, len;
	uint32_t line, line_token;      /* the first token of this line */
	size_t line_at;
	uint32_t tags;                  /* on this line */
	bool tag, nonspace, nonspace_text;
	uint32_t *open;                 /* sections; malloc */
	uint32_t nopen, open_cap;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

static int wrong(const struct cutter *c, struct err *err, const char *cause, const char *name,
		 size_t len)
{
	return err_set(err, ERR_CONFIG, "%s:%u: %s%s%.*s%s", c->name, c->line, cause,
		       len ? " '" : "", (int)(len > 60 ? 60 : len), name, len ? "'" : "");
}

static struct token *add(struct cutter *c, enum kind kind, const char *text, size_t len)
{
	VEC_RESERVE(c->t->item, c->t->cap, c->t->count + 1);
	struct token *t = &c->t->item[c->t->count++];

	*t = (struct token){ .kind = kind, .text = text, .len = len, .line = c->line };
	return t;
}

/* A line that has tags and else only white space prints nothing of its own. */
static void end_line(struct cutter *c)
{
	for (uint32_t i = c->line_token; c->tag && !c->nonspace && i < c->t->count; i++)
		if (c->t->item[i].kind == TEXT)
			c->t->item[i].kind = NOTHING;
	c->line_token = c->t->count;
	c->tag = c->nonspace = c->nonspace_text = false;
	c->tags = 0;
	c->line_at = c->at;
}

/* Text up to the next tag, a token for each line. */
static void cut_text(struct cutter *c, size_t end)
{
	while (c->at < end) {
		const char *from = c->text + c->at;
		const char *nl = memchr(from, '\n', end - c->at);
		size_t n = nl ? (size_t)(nl - from) + 1 : end - c->at;

		for (size_t i = 0; i < n; i++)
			if (!is_blank(from[i]))
				c->nonspace = c->nonspace_text = true;
		add(c, TEXT, from, n);
		c->at += n;
		if (nl) {
			end_line(c);
			c->line++;
		}
	}
}

static const char *find(const struct cutter *c, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = c->at; i + n <= c->len; i++)
		if (!memcmp(c->text + i, what, n))
			return c->text + i;
	return NULL;
}

static bool skip(struct cutter *c, const char *what)
{
	size_t n = strlen(what);

	if (c->len - c->at < n || memcmp(c->text + c->at, what, n) != 0)
		return false;
	c->at += n;
	return true;
}

static void skip_blank(struct cutter *c)
{
	while (c->at < c->len && is_blank(c->text[c->at]))
		c->at++;
}

/* "<% %>" */
static int change_delims(struct cutter *c, const char *s, size_t len, struct err *err)
{
	size_t a = 0, b;

	while (a < len && !is_blank(s[a]))
		a++;
	for (b = a; b < len && is_blank(s[b]);)
		b++;
	size_t rest = len - b;

	if (!a || !rest || a >= sizeof(c->t->delims.open) || rest >= sizeof(c->t->delims.close))
		return wrong(c, err, "no pair of delimiters", s, len);
	for (size_t i = b; i < len; i++)
		if (is_blank(s[i]))
			return wrong(c, err, "no pair of delimiters", s, len);
	memcpy(c->t->delims.open, s, a);
	c->t->delims.open[a] = '\0';
	memcpy(c->t->delims.close, s + b, rest);
	c->t->delims.close[rest] = '\0';
	return 0;
}

static int close_section(struct cutter *c, const char *s, size_t len, struct err *err)
{
	if (!c->nopen)
		return wrong(c, err, "a section ends that was not opened:", s, len);
	struct token *open = &c->t->item[c->open[--c->nopen]];

	if (open->len != len || memcmp(open->text, s, len) != 0)
		return wrong(c, err, "another section is open:", open->text, open->len);
	open->other = c->t->count;
	add(c, CLOSE, s, len);
	return 0;
}

/* What a tag says, by its first character; `before` is where it begins. */
static int take_tag(struct cutter *c, char type, const char *s, size_t len, size_t before,
		    struct err *err)
{
	struct token *t;

	switch (type) {
	case '#':
	case '^':
		VEC_RESERVE(c->open, c->open_cap, c->nopen + 1);
		c->open[c->nopen++] = c->t->count;
		add(c, type == '#' ? SECTION : INVERTED, s, len);
		break;
	case '/':
		return close_section(c, s, len, err);
	case '>':
		t = add(c, PARTIAL, s, len);
		t->indent = c->text + c->line_at;
		t->indent_len = before - c->line_at;
		t->first = c->tags == 0;
		t->alone = !c->nonspace_text;
		break;
	case '=':
		return change_delims(c, s, len, err);
	case '!':
		break;
	default:
		c->nonspace = true;
		add(c, type == 'n' ? NAME : RAW, s, len);
	}
	return 0;
}

static int cut_tag(struct cutter *c, struct err *err)
{
	size_t before = c->at;
	const char *closing = c->t->delims.close, *end;
	char curly[40], type;

	skip(c, c->t->delims.open);
	skip_blank(c);
	c->tag = true;
	type = c->at < c->len ? c->text[c->at] : '\0';
	if (type && strchr("#^/>{&=!", type))
		c->at++;
	else
		type = 'n';
	skip_blank(c);
	if (type == '{') {
		snprintf(curly, sizeof(curly), "}%s", closing);
		closing = curly;
	} else if (type == '=') {
		snprintf(curly, sizeof(curly), "=%s", closing);
		closing = curly;
	}
	end = find(c, closing);
	if (!end)
		return wrong(c, err, "a tag is not closed", "", 0);
	const char *s = c->text + c->at;
	size_t len = (size_t)(end - s);

	c->at += len + strlen(closing);
	while (len && is_blank(s[len - 1]))
		len--;
	if (take_tag(c, type, s, len, before, err))
		return -1;
	c->tags++;
	for (const char *p = c->text + before; p < c->text + c->at; p++)
		c->line += *p == '\n';
	return 0;
}

static int cut(const char *name, const char *text, const struct delims *delims,
	       struct template *ret, struct err *err)
{
	struct cutter c = { .t = ret, .name = name, .text = text, .len = strlen(text), .line = 1 };
	int rc = 0;

	*ret = (struct template){ .delims = *delims };
	while (!rc && c.at < c.len) {
		const char *tag = find(&c, ret->delims.open);

		cut_text(&c, tag ? (size_t)(tag - text) : c.len);
		if (tag)
			rc = cut_tag(&c, err);
	}
	end_line(&c);
	if (!rc && c.nopen) {
		const struct token *open = &ret->item[c.open[c.nopen - 1]];

		c.line = open->line;
		rc = wrong(&c, err, "a section is not closed:", open->text, open->len);
	}
	free(c.open);
	return rc;
}

/* ---- rendering ---- */

struct frame {
	struct template *t;             /* of the partial that begins here, else NULL */
	const struct token *item;       /* tokens [at, end) */
	uint32_t at, end;
	const struct json *context;     /* NULL: that of the frame below */
	const struct json *next;        /* of a list: the element after context */
	uint32_t first;                 /* where a list's next round begins */
};

struct render {
	const struct mustache_given *given;
	const char *name;
	struct frame *frame;            /* malloc */
	uint32_t count, cap;
	uint32_t partials;
	struct delims delims;
	struct arena arena;             /* indented partials */
	FILE *out;
};

/* As mustache.js: a dotted name has to be found whole in one context, the innermost first. */
static const struct json *look_up(const struct render *r, const char *name, size_t len)
{
	for (uint32_t i = r->count; i-- > 0;) {
		const struct json *v = r->frame[i].context;
		size_t at = 0;

		if (!v)
			continue;
		if (len == 1 && *name == '.')
			return v;
		for (;;) {
			const char *dot = memchr(name + at, '.', len - at);
			size_t n = dot ? (size_t)(dot - name) - at : len - at;

			v = json_member(v, name + at, n);
			if (!v || !dot)
				break;
			at += n + 1;
		}
		if (v)
			return v;
	}
	return NULL;
}

static void put_escaped(const char *s, FILE *out)
{
	for (; *s; s++) {
		static const char *const to[] = {
			"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x2F;", "&#x60;", "&#x3D;",
		};
		const char *from = "&<>\"'/`=", *at = strchr(from, *s);

		if (at)
			fputs(to[at - from], out);
		else
			fputc(*s, out);
	}
}

static void push(struct render *r, struct frame f)
{
	VEC_RESERVE(r->frame, r->cap, r->count + 1);
	r->frame[r->count++] = f;
}

static void open_section(struct render *r, const struct token *item, uint32_t at)
{
	const struct token *t = &item[at];
	const struct json *v = look_up(r, t->text, t->len);
	struct frame f = { .item = item, .at = at + 1, .end = t->other, .first = at + 1 };

	if (t->kind == INVERTED) {
		if (json_is_empty(v))
			push(r, f);
		return;
	}
	if (json_is_empty(v))
		return;
	f.context = json_type_of(v) == JSON_TRUE ? NULL : v;
	if (json_type_of(v) == JSON_LIST) {
		f.context = json_first(v);
		f.next = json_next(f.context);
	}
	push(r, f);
}

/* The text of a partial, each line after what stands before the tag. */
static const char *indented(struct render *r, const struct token *t, const char *text)
{
	char *indent, *copy;
	size_t n = 0, lines = 1, used = 0;

	/* Text before the tag is as wide as it is: a space for each of its characters. */
	indent = arena_alloc(&r->arena, t->indent_len + 1, 1);
	for (size_t i = 0; i < t->indent_len; i++)
		if (t->indent[i] == ' ' || t->indent[i] == '\t')
			indent[n++] = t->indent[i];
		else if (!is_blank(t->indent[i]) && (t->indent[i] & 0xc0) != 0x80)
			indent[n++] = ' ';
	if (!t->first || !n)
		return text;
	for (const char *p = text; *p; p++)
		lines += *p == '\n';
	copy = arena_alloc(&r->arena, strlen(text) + lines * n + 1, 1);
	for (const char *p = text; *p;) {
		size_t len = strcspn(p, "\n");

		if (len && (p != text || t->alone)) {
			memcpy(copy + used, indent, n);
			used += n;
		}
		len += p[len] == '\n';
		memcpy(copy + used, p, len);
		used += len;
		p += len;
	}
	return copy;
}

static int open_partial(struct render *r, const struct token *t, struct err *err)
{
	const char *name = arena_strndup(&r->arena, t->text, t->len);
	const char *text = r->given->partial ? r->given->partial(r->given->ctx, name) : NULL;
	struct template *part;

	if (!text)
		return 0;
	if (++r->partials > MUSTACHE_DEEP)
		return err_set(err, ERR_CONFIG, "%s: partial '%.100s' stands in itself, or more "
			       "than %u in each other", r->name, name, MUSTACHE_DEEP);
	part = xcalloc(1, sizeof(*part));
	if (cut(name, indented(r, t, text), &r->delims, part, err)) {
		free(part->item);
		free(part);
		return -1;
	}
	push(r, (struct frame){ .t = part, .item = part->item, .end = part->count });
	return 0;
}

static void pop(struct render *r)
{
	struct frame *f = &r->frame[r->count - 1];

	if (f->next) {
		f->context = f->next;
		f->next = json_next(f->next);
		f->at = f->first;
		return;
	}
	if (f->t) {
		free(f->t->item);
		free(f->t);
		r->partials--;
	}
	r->count--;
}

static int step(struct render *r, struct err *err)
{
	struct frame *f = &r->frame[r->count - 1];
	const struct token *item = f->item, *t = &item[f->at];
	uint32_t at = f->at++;
	char number[JSON_NUMBER_BYTES];

	switch (t->kind) {
	case TEXT:
		fwrite(t->text, 1, t->len, r->out);
		return 0;
	case NAME:
		put_escaped(json_words(look_up(r, t->text, t->len), number), r->out);
		return 0;
	case RAW:
		fputs(json_words(look_up(r, t->text, t->len), number), r->out);
		return 0;
	case SECTION:
	case INVERTED:
		f->at = t->other + 1;
		open_section(r, item, at);
		return 0;
	case PARTIAL:
		return open_partial(r, t, err);
	case CLOSE:
	case NOTHING:
		return 0;
	}
	return 0;
}

int mustache_render(const char *name, const char *text, const struct mustache_given *given,
		    FILE *out, struct err *err)
{
	const struct delims usual = { "{{", "}}" };
	struct render r = { .given = given, .name = name, .delims = usual, .out = out };
	struct template whole;
	int rc = cut(name, text, &usual, &whole, err);

	if (!rc) {
		push(&r, (struct frame){
			.item = whole.item, .end = whole.count, .context = given->data,
		});
		while (!rc && r.count)
			if (r.frame[r.count - 1].at == r.frame[r.count - 1].end)
				pop(&r);
			else
				rc = step(&r, err);
		while (r.count) {
			r.frame[r.count - 1].next = NULL;
			pop(&r);
		}
	}
	free(whole.item);
	free(r.frame);
	arena_release(&r.arena);
	if (!rc && ferror(out))
		rc = err_set(err, ERR_SYSTEM, "%s: cannot write what was rendered", name);
	return rc;
}
