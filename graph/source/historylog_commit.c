/* SPDX-License-Identifier: MIT */
/*
 * historylog_commit.c - a commit object as git stores it: its tree, its parents, who
 * wrote it when, and whether its message speaks of a repair.
 */
#include "graph/source/historylog.h"
#include "base/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEX_BYTES ((size_t)2 * BLOB_ID_BYTES)

static const char *const words[] = {
#define WORD(text) text,
#include "graph/source/history_words.def"
#undef WORD
};

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool blob_id_from_hex(const char *hex, size_t len, struct blob_id *ret)
{
	if (len < HEX_BYTES)
		return false;
	for (size_t i = 0; i < BLOB_ID_BYTES; i++) {
		int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		ret->byte[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_word(const char *text, size_t len)
{
	for (unsigned w = 0; w < ARRAY_SIZE(words); w++)
		if (strlen(words[w]) == len && !strncasecmp(words[w], text, len))
			return true;
	return false;
}

/* Chinese has no spaces: such words count wherever they stand. */
static bool has_wide_word(const char *text, size_t len)
{
	for (unsigned w = 0; w < ARRAY_SIZE(words); w++) {
		size_t n = strlen(words[w]);

		for (size_t i = 0; !is_letter(words[w][0]) && i + n <= len; i++)
			if (!memcmp(text + i, words[w], n))
				return true;
	}
	return false;
}

bool history_is_fix(const char *text, size_t len)
{
	bool wide = false;

	for (size_t i = 0, end; i < len; i = end + 1) {
		wide |= (unsigned char)text[i] >= 0x80;
		for (end = i; end < len && is_letter(text[end]); end++)
			;
		if (end > i && is_word(text + i, end - i))
			return true;
		wide |= end < len && (unsigned char)text[end] >= 0x80;
	}
	return wide && has_wide_word(text, len);
}

/* "NAME <EMAIL> SECONDS ZONE", what is missing is empty: "NAME\nEMAIL". */
static uint32_t read_who(struct historylog *l, const char *line, size_t len)
{
	const char *open = memchr(line, '<', len), *end = line + len, *close, *name_end;
	char text[1024];

	name_end = open ? open : end;
	while (name_end > line && name_end[-1] == ' ')
		name_end--;
	open = open ? open + 1 : end;
	close = memchr(open, '>', (size_t)(end - open));
	close = close ? close : end;
	int n = snprintf(text, sizeof(text), "%.*s\n%.*s", (int)(name_end - line), line,
			 (int)(close - open), open);

	return sym_intern(&l->whos, text,
			  n < (int)sizeof(text) ? (size_t)n : sizeof(text) - 1).v;
}

static int64_t read_time(const char *line, size_t len)
{
	const char *p = line + len;
	char digits[32] = "";
	size_t n = 0;

	while (p > line && p[-1] != '>')
		p--;
	while (p < line + len && *p == ' ')
		p++;
	while (p < line + len && *p >= '0' && *p <= '9' && n < sizeof(digits) - 1)
		digits[n++] = *p++;
	int64_t seconds = strtoll(digits, NULL, 10);

	return seconds < 0 || seconds > DATE_LATEST ? DATE_LATEST : seconds;
}

static bool begins(const char *line, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && !memcmp(line, with, n);
}

bool historylog_commit(struct historylog *l, const char *raw, size_t len,
		       struct commit_head *ret)
{
	const char *at = raw, *end = raw + len;
	bool has_tree = false;

	*ret = (struct commit_head){ .parents = raw };
	while (at < end && *at != '\n') {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((newline ? newline : end) - at);

		if (begins(at, n, "tree ") && at == raw) {
			has_tree = blob_id_from_hex(at + 5, n - 5, &ret->tree);
		} else if (begins(at, n, "parent ") && n == 7 + HEX_BYTES) {
			if (!ret->nparents++)
				ret->parents = at;
		} else if (begins(at, n, "author ")) {
			ret->who = read_who(l, at + 7, n - 7);
		} else if (begins(at, n, "committer ")) {
			ret->time = read_time(at + 10, n - 10);
		}
		at += n + (newline != NULL);
	}
	if (ret->nparents > 1)
		ret->flags |= LOG_MERGE;
	else if (history_is_fix(at, (size_t)(end - at)))
		ret->flags |= LOG_FIX;
	return has_tree;
}
