/* SPDX-License-Identifier: MIT */
/*
 * adr_markdown.c - a decision record in Markdown: front matter, the title, bullets below
 * it, sections.  Code blocks and comments are neither.
 */
#include "graph/source/adr/adr_work.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct adr_work *w;
	const char *fence;              /* in a code block: "```"; else NULL */
	size_t fence_len;
	bool comment;                   /* inside of <!-- --> */
	bool in_status, in_links;       /* which section this is */
	bool below_title;               /* before the first section */
	size_t body_from;               /* of the section that is open */
};

/* Sections that say nothing of what was decided. */
static const char *const link_sections[] = {
	"links", "related", "references", "more information", "see also", "history", "changelog",
	"change log", "status history", "revision history", "participants", "stakeholders",
};

static size_t spaces(const struct adr_line *l, size_t at)
{
	size_t from = at;

	while (at < l->len && (l->text[at] == ' ' || l->text[at] == '\t'))
		at++;
	return at - from;
}

/* "```", "~~~~": a code block begins or ends. */
static bool fence(struct reading *r, const struct adr_line *l)
{
	size_t at = spaces(l, 0), n = at;

	while (n < l->len && n - at < 64 && (l->text[n] == '`' || l->text[n] == '~') &&
	       l->text[n] == l->text[at])
		n++;
	if (at > 3 || n - at < 3)
		return r->fence != NULL;
	if (!r->fence) {
		r->fence = l->text + at;
		r->fence_len = n - at;
	} else if (*r->fence == l->text[at] && n - at >= r->fence_len &&
		   n + spaces(l, n) == l->len) {
		r->fence = NULL;
	}
	return true;
}

/* Is the line inside of a comment, or nothing but one? */
static bool comment(struct reading *r, const struct adr_line *l)
{
	bool was = r->comment;
	size_t first = spaces(l, 0);

	for (size_t i = 0; i + 2 < l->len; i++) {
		if (!r->comment && i + 3 < l->len && !memcmp(l->text + i, "<!--", 4)) {
			r->comment = true;
			was |= i == first;
			i += 3;
		} else if (r->comment && !memcmp(l->text + i, "-->", 3)) {
			r->comment = false;
			i += 2;
		}
	}
	return was;
}

/* "## Context ##": its level and the bytes of its text; 0 = no heading. */
static uint32_t heading(const struct adr_line *l, size_t *ret_from, size_t *ret_to)
{
	size_t at = spaces(l, 0), n = at, to = l->len;

	while (n < l->len && l->text[n] == '#')
		n++;
	if (at > 3 || n == at || n - at > 6 || (n < l->len && !spaces(l, n)))
		return 0;
	/* "## Context ##", but "Why C#". */
	while (to > n && l->text[to - 1] == ' ')
		to--;
	size_t mark = to;

	while (mark > n && l->text[mark - 1] == '#')
		mark--;
	to = mark == n || l->text[mark - 1] == ' ' ? mark : to;
	while (to > n && l->text[to - 1] == ' ')
		to--;
	*ret_from = n;
	*ret_to = to;
	return (uint32_t)(n - at);
}

/* A line of === or --- below a text makes it a heading. */
static uint32_t underline(const struct adr_line *l)
{
	size_t n = 0;

	while (n < l->len && (l->text[n] == '=' || l->text[n] == '-') && l->text[n] == l->text[0])
		n++;
	return n >= 3 && n + spaces(l, n) == l->len ? (l->text[0] == '=' ? 1 : 2) : 0;
}

/* Behind the digits of a number: "12. X", "12 - X", "12 : X"; of two marks one is the title's. */
static size_t after_number(const char *s, size_t digits)
{
	size_t at = digits + strspn(s + digits, " ");

	if (s[at] && strchr(".:)-", s[at]))
		at++;
	/* A dash of the typographers; whole, because a quotation mark begins as it does. */
	else if (!strncmp(s + at, "\xe2\x80\x93", 3) || !strncmp(s + at, "\xe2\x80\x94", 3))
		at += 3;
	return at + strspn(s + at, " ");
}

/* "12. Use X", "ADR-0012: Use X": number and text. */
static void take_title(struct adr_work *w, const struct adr_line *l, size_t from, size_t to)
{
	struct adr_piece whole = adr_piece_of(w, l, from, to);
	const char *s = whole.text;
	size_t n = adr_begins(s, strlen(s), "adr") ? 3 : 0, digits;

	while (n && (s[n] == '-' || s[n] == ' ' || s[n] == '_' || s[n] == '#'))
		n++;
	for (digits = n; s[digits] >= '0' && s[digits] <= '9' && digits - n < 9;)
		digits++;
	size_t rest = after_number(s, digits);

	if (digits > n && rest > digits && s[rest] && (n || strchr(".:)", s[digits]) ||
	    s[digits] == ' ')) {
		uint32_t number = (uint32_t)strtoul(arena_strndup(w->arena, s + n, digits - n),
						    NULL, 10);

		/* "3 tiers are enough" is no number; "3. Tiers" is. */
		if (n || s[digits] != ' ' || number == w->r->number) {
			w->r->title_number = number;
			from = whole.col - 1 + rest;
			whole = adr_piece_of(w, l, from, whole.end_col - 1);
		}
	}
	w->r->title = whole;
}

static void take_status(struct adr_work *w, struct adr_piece p, enum adr_place place)
{
	enum adr_status state = adr_status_of(p.text);

	/* The last line that says something counts; nothing is said by one that does not. */
	if (w->r->status_in != ADR_IN_NOTHING && state == ADR_STRANGE)
		return;
	if (w->r->state == ADR_SUPERSEDED && state != ADR_SUPERSEDED)
		return;
	w->r->status = p;
	w->r->state = state;
	w->r->status_in = place;
}

/* "* Status: accepted", "**Date:** 2024-01-31", "| Status | accepted |": where the value begins. */
static size_t bullet(const struct adr_line *l, const char *key)
{
	size_t at = 0;

	while (at < l->len && (strchr("*-+_| ", l->text[at])))
		at++;
	if (!adr_begins(l->text + at, l->len - at, key))
		return 0;
	at += strlen(key);
	size_t mark = at;

	while (at < l->len && strchr("*_:| ", l->text[at]))
		at++;
	for (size_t i = mark; i < at; i++)
		if (l->text[i] == ':' || l->text[i] == '|')
			return at;
	return 0;
}

static size_t value_end(const struct adr_line *l)
{
	size_t to = l->len;

	while (to && strchr("|* ", l->text[to - 1]))
		to--;
	return to;
}

/* The words between the title and the first section.  True: no part of what was decided. */
static bool take_bullet(struct adr_work *w, const struct adr_line *l)
{
	size_t at = bullet(l, "status"), to = value_end(l);

	if (at) {
		take_status(w, adr_piece_of(w, l, at, to > at ? to : at), ADR_IN_BULLET);
		adr_links(w, l, at, true);
		return true;
	}
	at = bullet(l, "date");
	if (!at)
		at = bullet(l, "decision date");
	if (at && !*w->r->date.text)
		w->r->date = adr_piece_of(w, l, at, to > at ? to : at);
	return at != 0;
}

/* A line of the section "Status". */
static void take_status_line(struct adr_work *w, const struct adr_line *l)
{
	size_t at = spaces(l, 0);
	enum adr_relation relation;

	while (at < l->len && strchr("*-+> ", l->text[at]))
		at++;
	if (at == l->len)
		return;
	bool related = adr_links(w, l, at, true);
	size_t words = adr_relation_words(l->text + at, l->len - at, &relation);

	/* "Supersedes [3](x.md)" is no status; "Superseded by [3](x.md)" is. */
	if (related && words && relation != ADR_SUPERSEDED_BY)
		return;
	take_status(w, adr_piece_of(w, l, at, l->len), ADR_IN_SECTION);
}

static void close_section(struct reading *r, size_t end)
{
	struct adr_work *w = r->w;

	if (!w->nsections)
		return;
	const char *s = w->r->bytes;

	while (r->body_from < end && strchr(" \t\r\n", s[r->body_from]))
		r->body_from++;
	while (end > r->body_from && strchr(" \t\r\n", s[end - 1]))
		end--;
	w->section[w->nsections - 1].body = arena_strndup(w->arena, s + r->body_from,
							  end - r->body_from);
}

static void open_section(struct reading *r, const struct adr_line *l, uint32_t level, size_t from,
			 size_t to, size_t end)
{
	struct adr_work *w = r->w;
	struct adr_piece title = adr_piece_of(w, l, from, to);
	size_t len = strlen(title.text);

	close_section(r, l->from);
	VEC_RESERVE(w->section, w->section_cap, w->nsections + 1);
	w->section[w->nsections++] = (struct adr_section){
		.title = title.text, .body = "", .level = level, .line = l->number,
	};
	r->body_from = end;
	r->below_title = false;
	if (level <= 2) {
		r->in_status = adr_same(title.text, len, "status") ||
			       !strcmp(title.text, "状态");
		r->in_links = false;
		for (size_t i = 0; i < ARRAY_SIZE(link_sections); i++)
			r->in_links |= adr_begins(title.text, len, link_sections[i]);
	}
}

static void take_line(struct reading *r, uint32_t i)
{
	struct adr_work *w = r->w;
	const struct adr_line *l = &w->line[i];
	const struct adr_line *next = i + 1 < w->nlines ? &w->line[i + 1] : NULL;
	size_t from = 0, to = l->len;
	uint32_t level = heading(l, &from, &to);
	bool under = !level && next && l->len && spaces(l, 0) < 4 && !strchr("-*+>|=",
		l->text[0]) &&
		     (level = underline(next));

	if (level == 1 && !*w->r->title.text) {
		take_title(w, l, from, to);
		r->below_title = true;
		adr_mix(w->r, w->r->title.text, strlen(w->r->title.text));
		return;
	}
	if (level) {
		open_section(r, l, level, from, to, under ? next->from + next->len : l->from
			+ l->len);
		if (!r->in_status && !r->in_links)
			adr_mix(w->r, l->text + from, to - from);
		return;
	}
	if (r->in_status) {
		take_status_line(w, l);
		return;
	}
	if (r->below_title && take_bullet(w, l))
		return;
	bool related = adr_links(w, l, 0, false);

	if (!related && !r->in_links && !underline(l))
		adr_mix(w->r, l->text, l->len);
}

/* Lines of front matter between two "---"; 0 = none. */
static uint32_t front_matter(const struct adr_work *w)
{
	if (!w->nlines || w->line[0].len != 3 || memcmp(w->line[0].text, "---", 3))
		return 0;
	for (uint32_t i = 1; i < w->nlines; i++) {
		const struct adr_line *l = &w->line[i];

		if (l->len == 3 && (!memcmp(l->text, "---", 3) || !memcmp(l->text, "...", 3)))
			return i + 1;
	}
	return 0;
}

static void read_front(struct adr_work *w, uint32_t lines)
{
	const struct adr_line *first = &w->line[0], *last = &w->line[lines - 1];
	struct yaml_node *map;
	struct err err = ERR_INIT;

	for (uint32_t i = 1; i + 1 < lines; i++) {
		const struct adr_line *l = &w->line[i];
		const char *colon = memchr(l->text, ':', l->len);

		if (!colon || !adr_key_may_change(l->text, (size_t)(colon - l->text)))
			adr_mix(w->r, l->text, l->len);
	}
	/* The line of --- begins a YAML document, so that lines count as they stand. */
	if (yaml_read(w->r->path, first->text, last->from - first->from, w->arena, &map, &err))
		adr_yaml_problem(w, &err);
	else if (map->kind == YAML_MAP)
		adr_take_keys(w, map, ADR_IN_FRONT);
}

void adr_read_markdown(struct adr_work *w)
{
	struct reading r = { .w = w };
	uint32_t front = front_matter(w);

	if (front > 2)
		read_front(w, front);
	for (uint32_t i = front; i < w->nlines; i++) {
		bool hidden = comment(&r, &w->line[i]);

		if (!hidden && !fence(&r, &w->line[i])) {
			take_line(&r, i);
			/* The line of === belongs to the heading. */
			if (i + 1 < w->nlines && underline(&w->line[i + 1]) &&
			    underline(&w->line[i + 1]) == 1)
				i++;
		} else if (!hidden && !r.in_links && !r.in_status) {
			adr_mix(w->r, w->line[i].text, w->line[i].len);
		}
	}
	close_section(&r, w->r->len);
}
