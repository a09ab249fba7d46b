/* SPDX-License-Identifier: MIT */
/* json_read.c - a strict reader; nested values are walked with a stack of bits. */
#include "base/json_read.h"
#include "base/text.h"

#include <string.h>

#define REPLACEMENT UINT32_C(0xFFFD)

struct in {
	const char *bytes;
	size_t len, at;
	struct arena *arena;
	struct json_members *m;
};

static bool fail_at(struct in *in, size_t at, const char *problem)
{
	in->m->problem = problem;
	in->m->col = (uint32_t)at + 1;
	return false;
}

static bool fail(struct in *in, const char *problem)
{
	return fail_at(in, in->at, in->at < in->len ? problem : "the line ends too early");
}

static int peek(const struct in *in)
{
	return in->at < in->len ? (unsigned char)in->bytes[in->at] : -1;
}

static int skip_space(struct in *in)
{
	while (in->at < in->len && strchr(" \t\r\n", in->bytes[in->at]) && in->bytes[in->at])
		in->at++;
	return peek(in);
}

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits at `at`, or UTF8_INVALID. */
static uint32_t four_digits(const struct in *in, size_t at)
{
	uint32_t n = 0;

	for (size_t i = at; i < at + 4; i++) {
		int d = i < in->len ? hex_digit((unsigned char)in->bytes[i]) : -1;

		if (d < 0)
			return UTF8_INVALID;
		n = n << 4 | (uint32_t)d;
	}
	return n;
}

static size_t encode(uint32_t point, char *to)
{
	if (point < 0x80) {
		to[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		to[0] = (char)(0xc0 | point >> 6);
		to[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		to[0] = (char)(0xe0 | point >> 12);
		to[1] = (char)(0x80 | (point >> 6 & 0x3f));
		to[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | point >> 18);
	to[1] = (char)(0x80 | (point >> 12 & 0x3f));
	to[2] = (char)(0x80 | (point >> 6 & 0x3f));
	to[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

/* Behind the `u` of an escape; half of a pair alone is U+FFFD. */
static bool unicode(struct in *in, char *to, size_t *used)
{
	uint32_t point = four_digits(in, in->at);

	if (point == UTF8_INVALID)
		return fail(in, "\\u wants four hexadecimal digits");
	if (!point)
		return fail(in, "a text with a NUL in it");
	in->at += 4;
	if (point >= 0xd800 && point < 0xe000) {
		bool pair = point < 0xdc00 && in->at + 1 < in->len &&
			    in->bytes[in->at] == '\\' && in->bytes[in->at + 1] == 'u';
		uint32_t low = pair ? four_digits(in, in->at + 2) : UTF8_INVALID;

		if (low >= 0xdc00 && low < 0xe000) {
			point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
			in->at += 6;
		} else {
			point = REPLACEMENT;
		}
	}
	*used += encode(point, to + *used);
	return true;
}

static bool escape(struct in *in, char *to, size_t *used)
{
	static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
	int c = peek(in);
	const char *known = c > 0 ? strchr(from, c) : NULL;

	if (c == 'u') {
		in->at++;
		return unicode(in, to, used);
	}
	if (!known)
		return fail(in, "an escape that JSON does not know");
	in->at++;
	to[(*used)++] = is[known - from];
	return true;
}

/* No escape is shorter than what it stands for. */
static bool text(struct in *in, const char **ret)
{
	size_t start = in->at, end = start + 1, used = 0;
	uint32_t point;

	if (peek(in) != '"')
		return fail(in, "a text in double quotes is expected");
	while (end < in->len && in->bytes[end] != '"')
		end += 1 + (in->bytes[end] == '\\');
	if (end >= in->len)
		return fail_at(in, start, "a text that does not end");
	char *to = arena_alloc(in->arena, end - start, 1);

	for (in->at = start + 1; in->at < end;) {
		int c = peek(in);

		if (c == '\\') {
			in->at++;
			if (!escape(in, to, &used))
				return false;
			continue;
		}
		if (c < 0x20)
			return fail(in, "a control character in a text");
		size_t n = utf8_decode(in->bytes + in->at, end - in->at, &point);

		if (point == UTF8_INVALID)
			return fail(in, "a text that is not UTF-8");
		memcpy(to + used, in->bytes + in->at, n);
		used += n;
		in->at += n;
	}
	in->at = end + 1;
	to[used] = '\0';
	*ret = to;
	return true;
}

static void digits(struct in *in)
{
	while (in->at < in->len && in->bytes[in->at] >= '0' && in->bytes[in->at] <= '9')
		in->at++;
}

static bool number(struct in *in)
{
	size_t start = in->at, from;

	in->at += peek(in) == '-';
	from = in->at;
	digits(in);
	if (in->at == from || (in->bytes[from] == '0' && in->at > from + 1))
		return fail_at(in, start, "a number that JSON does not know");
	if (peek(in) == '.') {
		from = ++in->at;
		digits(in);
		if (in->at == from)
			return fail_at(in, start, "a number that JSON does not know");
	}
	if (peek(in) == 'e' || peek(in) == 'E') {
		in->at++;
		in->at += peek(in) == '+' || peek(in) == '-';
		from = in->at;
		digits(in);
		if (in->at == from)
			return fail_at(in, start, "a number that JSON does not know");
	}
	return true;
}

static bool word(struct in *in, const char *want)
{
	size_t n = strlen(want);

	if (in->len - in->at < n || memcmp(in->bytes + in->at, want, n) != 0)
		return fail(in, "a value is expected");
	in->at += n;
	return true;
}

/* A text, number, true, false or null. */
static bool scalar(struct in *in, enum json_value *ret_kind, const char **ret_text)
{
	int c = peek(in);

	*ret_text = NULL;
	if (c == '"') {
		*ret_kind = JSON_IS_TEXT;
		return text(in, ret_text);
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		*ret_kind = JSON_IS_NUMBER;
		return number(in);
	}
	*ret_kind = c == 'n' ? JSON_IS_NULL : JSON_IS_BOOL;
	return word(in, c == 'n' ? "null" : c == 't' ? "true" : "false");
}

static bool key(struct in *in, const char **ret, size_t *ret_end)
{
	skip_space(in);
	if (peek(in) != '"')
		return fail(in, "a key in double quotes is expected");
	if (!text(in, ret))
		return false;
	*ret_end = in->at;
	if (skip_space(in) != ':')
		return fail(in, "':' is expected behind a key");
	in->at++;
	skip_space(in);
	return true;
}

/* Any value; `objects` has a bit for each container that is open. */
static bool nested(struct in *in)
{
	uint64_t objects = 0;
	unsigned depth = 0;
	enum json_value kind;
	const char *ignored;
	size_t end;

	for (;;) {
		int c = skip_space(in);

		if (c == '{' || c == '[') {
			if (depth++ == JSON_READ_DEPTH)
				return fail(in, "too many levels");
			objects = objects << 1 | (c == '{');
			in->at++;
			if (skip_space(in) != (c == '{' ? '}' : ']')) {
				if (c == '{' && !key(in, &ignored, &end))
					return false;
				continue;
			}
		} else if (!scalar(in, &kind, &ignored)) {
			return false;
		}
		/* Behind a value, or at the end of an empty container. */
		while (depth && skip_space(in) == (objects & 1 ? '}' : ']')) {
			in->at++;
			objects >>= 1;
			depth--;
		}
		if (!depth)
			return true;
		if (peek(in) != ',')
			return fail(in, "',' or the end of a list or object is expected");
		in->at++;
		if (objects & 1 && !key(in, &ignored, &end))
			return false;
	}
}

static bool member(struct in *in)
{
	struct json_members *m = in->m;
	struct json_member x = { .kind = JSON_IS_NESTED };
	size_t start, end;

	skip_space(in);
	start = in->at;
	if (!key(in, &x.key, &end))
		return false;
	x.raw_key = in->bytes + start;
	x.raw_key_len = end - start;
	if (json_member_find(m, x.key))
		return fail_at(in, start, "a key that is there twice");
	if (m->count == JSON_MEMBERS_MAX)
		return fail_at(in, start, "too many members");
	x.raw = in->bytes + in->at;
	x.col = (uint32_t)in->at + 1;
	if (peek(in) == '{' || peek(in) == '[' ? !nested(in) : !scalar(in, &x.kind, &x.text))
		return false;
	x.raw_len = (size_t)(in->bytes + in->at - x.raw);
	m->item[m->count++] = x;
	return true;
}

bool json_read_object(const char *bytes, size_t len, struct arena *arena,
		      struct json_members *ret)
{
	struct in in = { .bytes = bytes, .len = len, .arena = arena, .m = ret };

	ret->count = 0;
	ret->problem = NULL;
	if (skip_space(&in) != '{')
		return fail(&in, "an object in braces is expected");
	in.at++;
	if (skip_space(&in) != '}')
		for (;;) {
			if (!member(&in))
				return false;
			if (skip_space(&in) != ',')
				break;
			in.at++;
		}
	if (peek(&in) != '}')
		return fail(&in, "',' or '}' is expected");
	in.at++;
	return skip_space(&in) < 0 || fail(&in, "there is more behind the object");
}

const struct json_member *json_member_find(const struct json_members *m, const char *key_text)
{
	for (uint32_t i = 0; i < m->count; i++)
		if (!strcmp(m->item[i].key, key_text))
			return &m->item[i];
	return NULL;
}
