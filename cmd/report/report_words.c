/* SPDX-License-Identifier: MIT */
/* report_words.c - words and escapes that several formats share. */
#include "cmd/report/report_words.h"
#include "analyzers/gate.h"
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* Bytes that grow as they are written; all in one arena, room doubled. */
struct text {
	struct arena *arena;
	char *s;
	size_t used, room;
};

static void add_bytes(struct text *t, const char *s, size_t len)
{
	if (!t->s || t->used + len + 1 > t->room) {
		size_t room = 2 * (t->used + len + 1) + 64;
		char *bigger = arena_alloc(t->arena, room, 1);

		if (t->s)
			memcpy(bigger, t->s, t->used);
		t->s = bigger;
		t->room = room;
	}
	memcpy(t->s + t->used, s, len);
	t->used += len;
	t->s[t->used] = '\0';
}

static void add(struct text *t, const char *s)
{
	add_bytes(t, s, strlen(s));
}

const char *finding_why(const struct finding *f)
{
	return f->why ? f->why : f->rule->why;
}

const char *finding_fix(const struct finding *f)
{
	return f->fix ? f->fix : f->rule->fix;
}

const char *finding_holder(const struct finding *f, struct arena *arena)
{
	const char *words = NULL;

	switch (f->state) {
	case FINDING_NEW:
		return NULL;
	case FINDING_EXCEPTED:
		words = "excepted";
		break;
	case FINDING_IGNORED:
		words = "ignored";
		break;
	case FINDING_BASELINED:
		words = "accepted";
		break;
	case FINDING_ELSEWHERE:
		words = "owned";
		break;
	case FINDING_KNOWN:
		return !f->held_by ? "known" :
		       arena_printf(arena, "as at %s", text_escape(arena, f->held_by));
	}
	if (!f->held_by)
		return words;
	return arena_printf(arena, "%s by %s", words, text_escape(arena, f->held_by));
}

bool finding_is_row(const struct finding *f)
{
	return analyzer_of((enum rule_id)(f->rule - rule_rows))->needs & FACT_CHANGE;
}

const char *report_counts(const struct report *r, struct arena *arena)
{
	uint32_t n[SEV_COUNT] = { 0 };
	const char *verdict = "", *infos = "";

	for (uint32_t i = 0; i < r->findings->count; i++)
		n[r->findings->item[i].severity] += !finding_is_row(&r->findings->item[i]);
	if (r->gate)
		verdict = !r->gate->failed ? "passed; " :
			  arena_printf(arena, "FAIL: %s; ", gate_failures(r->gate, arena));
	if (n[SEV_INFO])
		infos = arena_printf(arena, ", %s info", text_number(arena, n[SEV_INFO]));
	return arena_printf(arena, "%s%s, %s%s", verdict,
			    text_count(arena, n[SEV_ERROR], "error", "errors"),
			    text_count(arena, n[SEV_WARNING], "warning", "warnings"), infos);
}

const char *full_stop(const char *text, struct arena *arena)
{
	size_t len = strlen(text);

	if (len && strchr(".?!", text[len - 1]))
		return text;
	return arena_printf(arena, "%s.", text);
}

const char *clean_utf8(const char *text, struct arena *arena)
{
	struct text t = { .arena = arena };
	size_t len = strlen(text);
	uint32_t point;

	if (utf8_valid(text, len))
		return text;
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(text + i, len - i, &point);

		if (point == UTF8_INVALID)
			add(&t, REPLACEMENT);
		else
			add_bytes(&t, text + i, n);
		i += n;
	}
	return t.s;
}

const char *uri_of_path(const char *path, struct arena *arena)
{
	/* A colon may not stand in the first segment of a relative reference: it always goes. */
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-._~/!$&'()*+,;=@";
	struct text t = { .arena = arena };
	char escape[4];

	for (; *path; path++) {
		if (strchr(plain, *path)) {
			add_bytes(&t, path, 1);
			continue;
		}
		snprintf(escape, sizeof(escape), "%%%02X", (unsigned)(unsigned char)*path);
		add(&t, escape);
	}
	return t.s ? t.s : "";
}

/* Letters and marks between which nothing can begin markup in a code span. */
static bool is_plain_code(const char *s)
{
	for (const char *p = s; *p; p++)
		if (strchr("`|\\<>&\n", *p))
			return false;
	return *s && *s != ' ' && s[strlen(s) - 1] != ' ';
}

/* As entities: no parser of Markdown sees a mark in them. */
static void add_entities(struct text *t, const char *s, size_t len)
{
	char entity[8];

	for (size_t i = 0; i < len; i++) {
		if (!ispunct((unsigned char)s[i]) || strchr("./,", s[i])) {
			add_bytes(t, s + i, 1);
			continue;
		}
		snprintf(entity, sizeof(entity), "&#%d;", s[i]);
		add(t, entity);
	}
}

static void add_code(struct text *t, const char *s, size_t len)
{
	const char *code = text_escape_bytes(t->arena, s, len);

	if (is_plain_code(code)) {
		add(t, "`");
		add(t, code);
		add(t, "`");
		return;
	}
	add(t, "<code>");
	add_entities(t, code, strlen(code));
	add(t, "</code>");
}

/* Outside of code: marks lose their meaning, names and numbers link to nobody. */
static void add_plain(struct text *t, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = s[i];

		if (c == '@' || (c == '#' && i + 1 < len && isdigit((unsigned char)s[i + 1]))) {
			add_bytes(t, s + i, 1);
			add(t, "<!-- -->");
		} else if (strchr("\\`*_[]<>&|~#$^{}", c) ||
			   (c == ':' && i + 1 < len && s[i + 1] == '/')) {
			add_entities(t, s + i, 1);
		} else {
			add_bytes(t, s + i, 1);
		}
	}
}

/* Where a name in single quotes that begins at s[0] ends, or NULL: s is no quote. */
static const char *quote_end(const char *all, const char *s)
{
	if (*s != '\'' || (s > all && !strchr(" (:", s[-1])))
		return NULL;
	for (const char *p = strchr(s + 1, '\''); p; p = strchr(p + 1, '\''))
		if (p > s + 1 && (!p[1] || strchr(" ,;:.?)", p[1])))
			return p;
	return NULL;
}

const char *markdown_text(const char *text, struct arena *arena)
{
	struct text t = { .arena = arena };
	const char *s = text_escape(arena, text), *from = s;

	add(&t, "");
	for (const char *p = s; *p; p++) {
		const char *end = quote_end(s, p);

		if (!end)
			continue;
		add_plain(&t, from, (size_t)(p - from));
		add_code(&t, p + 1, (size_t)(end - p - 1));
		from = end + 1;
		p = end;
	}
	add_plain(&t, from, strlen(from));
	return t.s;
}

const char *markdown_code(const char *text, struct arena *arena)
{
	struct text t = { .arena = arena };

	add_code(&t, text, strlen(text));
	return t.s;
}

const char *markdown_prose(const char *text, struct arena *arena)
{
	struct text t = { .arena = arena };

	add(&t, "");
	while (*text) {
		const char *open = strchr(text, '`'), *end = open ? strchr(open + 1, '`') : NULL;
		size_t len = end ? (size_t)(open - text) : strlen(text);

		add_plain(&t, text, len);
		if (!end)
			break;
		add_code(&t, open + 1, (size_t)(end - open - 1));
		text = end + 1;
	}
	return t.s;
}

int report_flush(FILE *out, struct err *err)
{
	errno = 0;
	if (fflush(out) || ferror(out))
		return err_set(err, ERR_SYSTEM, "cannot write: %s", strerror(errno ? errno : EIO));
	return 0;
}
