/* SPDX-License-Identifier: MIT */
/* baseline_write.c - a baseline as text, and changing the file under its lock. */
#include "analyzers/policy/baseline.h"
#include "base/limits.h"
#include "base/replace.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN "200s"

struct out {
	char *text;
	size_t len, cap;
};

static void put(struct out *o, const char *text, size_t len)
{
	VEC_RESERVE(o->text, o->cap, o->len + len);
	memcpy(o->text + o->len, text, len);
	o->len += len;
}

static void put_all(struct out *o, const char *text)
{
	put(o, text, strlen(text));
}

static void put_escape(struct out *o, uint32_t point)
{
	static const char digit[] = "0123456789abcdef";

	if (point > 0xffff) {
		put_escape(o, 0xd800 + ((point - 0x10000) >> 10));
		point = 0xdc00 + (point & 0x3ff);
	}
	char escape[6] = { '\\', 'u' };

	for (unsigned i = 0; i < 4; i++)
		escape[2 + i] = digit[point >> (12 - 4 * i) & 15];
	put(o, escape, sizeof(escape));
}

/* What a terminal would obey is escaped: people look at this file. */
static void put_text(struct out *o, const char *text)
{
	size_t len = strlen(text), at = 0, from = 0;
	uint32_t point;

	put_all(o, "\"");
	while (at < len) {
		size_t n = utf8_decode(text + at, len - at, &point);
		bool bad = point == UTF8_INVALID;

		if (bad || point == '"' || point == '\\' || text_is_hostile(point)) {
			put(o, text + from, at - from);
			from = at + n;
			if (bad)
				put_all(o, "\xef\xbf\xbd");
			else if (point == '"' || point == '\\')
				put(o, point == '"' ? "\\\"" : "\\\\", 2);
			else
				put_escape(o, point);
		}
		at += n;
	}
	put(o, text + from, at - from);
	put_all(o, "\"");
}

/* A text that is not given or empty is left out. */
static void put_member(struct out *o, const char *key, const char *text)
{
	if (!text || !*text)
		return;
	put_all(o, ",\"");
	put_all(o, key);
	put_all(o, "\":");
	put_text(o, text);
}

static void put_entry(struct out *o, const struct baseline_entry *e)
{
	char number[32];

	put_all(o, "{\"rule\":");
	put_text(o, e->rule);
	put_member(o, "from", e->from);
	put_member(o, "to", e->to);
	put_member(o, "symbol", e->symbol);
	put_member(o, "reason", e->reason);
	put_member(o, "owner", e->owner);
	if (e->adr) {
		snprintf(number, sizeof(number), ",\"adr\":%u", e->adr);
		put_all(o, number);
	}
	put_member(o, "expires", e->expires);
	if (e->rest) {
		put_all(o, ",");
		put_all(o, e->rest);
	}
	put_all(o, "}\n");
}

char *baseline_text(const struct baseline *b, size_t *ret_len)
{
	struct out o = { 0 };

	put_all(&o, "{\"meshctl\":\"baseline\",\"version\":1}\n");
	for (uint32_t i = 0; i < b->nentries; i++)
		put_entry(&o, &b->entry[i]);
	*ret_len = o.len;
	return o.text;
}

/* Nothing is written where that changes nothing. */
static int put_file(const struct replace *r, const struct baseline *b, const char *before,
		    size_t before_len, struct err *err)
{
	size_t len;
	char *text = baseline_text(b, &len);
	bool same = before && before_len == len && !memcmp(before, text, len);
	int rc = same ? 0 : replace_put(r, text, len, err);

	free(text);
	return rc;
}

/* What is there under the lock; *ret_bytes NULL and an empty baseline where nothing is. */
static int read_again(const struct replace *r, struct arena *arena, const char **ret_bytes,
		      size_t *ret_len, struct baseline **ret, struct err *err)
{
	if (replace_read(r, limit_of(LIMIT_BASELINE_BYTES), arena, ret_bytes, ret_len, err))
		return -1;
	if (*ret_bytes)
		return baseline_read(r->shown, *ret_bytes, *ret_len, arena, ret, err);
	*ret = arena_new(arena, struct baseline);
	**ret = (struct baseline){ .path = r->shown, .arena = arena };
	return 0;
}

int baseline_write(const struct baseline *b, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct baseline *before, sorted = *b;
	const char *bytes;
	struct replace r;
	size_t len;
	int rc = -1;

	if (replace_begin(b->path, &arena, &r, err))
		goto out;
	sorted.arena = &arena;
	sorted.entry = arena_array(&arena, struct baseline_entry, b->nentries);
	if (b->nentries)
		memcpy(sorted.entry, b->entry, b->nentries * sizeof(*b->entry));
	baseline_index(&sorted);
	if (!read_again(&r, &arena, &bytes, &len, &before, err))
		rc = put_file(&r, &sorted, bytes, len, err);
	replace_end(&r);
out:
	arena_release(&arena);
	return rc;
}

static bool differs(const char *a, const char *b)
{
	return a && (!b || strcmp(a, b) != 0);
}

/* What is given replaces; true when that changed something. */
static bool overwrite(struct baseline_entry *to, const struct baseline_entry *from)
{
	bool changed = differs(from->reason, to->reason) || differs(from->owner, to->owner) ||
		       differs(from->expires, to->expires) || (from->adr && from->adr != to->adr);

	if (from->reason)
		to->reason = from->reason;
	if (from->owner)
		to->owner = from->owner;
	if (from->adr)
		to->adr = from->adr;
	if (from->expires) {
		to->expires = from->expires;
		to->end = from->end;
	}
	return changed;
}

/* The entries that stay, then those that come. */
static void apply(struct baseline *b, const struct baseline_edit *edit, struct baseline_edited *ret)
{
	struct baseline_entry *all = arena_array(b->arena, struct baseline_entry,
						 (size_t)b->nentries + edit->nadd);
	uint32_t n = 0;

	for (uint32_t i = 0; i < b->nentries; i++)
		b->entry[i].matched = false;
	/* `matched` is ours here: this entry goes. */
	for (uint32_t i = 0; i < edit->nremove; i++) {
		const struct baseline_entry *x = &edit->remove[i];
		struct baseline_entry *e = baseline_find(b, x->rule, x->from, x->to, x->symbol);

		if (e)
			e->matched = true;
	}
	for (uint32_t i = 0; i < edit->nadd; i++) {
		const struct baseline_entry *x = &edit->add[i];
		struct baseline_entry *e = baseline_find(b, x->rule, x->from, x->to, x->symbol);

		if (e && !e->matched) {
			ret->changed += overwrite(e, x);
			continue;
		}
		all[n++] = *x;
	}
	ret->added = n;
	for (uint32_t i = 0; i < b->nentries; i++) {
		if (b->entry[i].matched)
			ret->removed++;
		else
			all[n++] = b->entry[i];
	}
	b->entry = all;
	b->nentries = n;
	baseline_index(b);
	ret->entries = b->nentries;
}

int baseline_edit(const char *path, const struct baseline_edit *edit, bool may_create,
		  struct baseline_edited *ret, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct baseline *b;
	const char *bytes;
	struct replace r;
	size_t len;
	int rc = -1;

	*ret = (struct baseline_edited){ 0 };
	if (replace_begin(path, &arena, &r, err))
		goto out;
	if (read_again(&r, &arena, &bytes, &len, &b, err))
		goto end;
	if (!bytes && !may_create) {
		err_set(err, ERR_CONFIG, "there is no baseline '%." SHOWN "'", path);
		goto end;
	}
	apply(b, edit, ret);
	rc = put_file(&r, b, bytes, len, err);
end:
	replace_end(&r);
out:
	arena_release(&arena);
	return rc;
}
