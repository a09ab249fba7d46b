/* SPDX-License-Identifier: MIT */
/*
 * json.c - hides cJSON.  cJSON builds, escapes and prints a value on one line;
 * the layout pass behind it indents and escapes what cJSON lets through.
 */
#include "base/json.h"
#include "base/text.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void *json_malloc(size_t bytes)
{
	return xrealloc(NULL, bytes, 1);
}

/* struct json is cJSON under another name, so that no header needs cJSON's. */
static cJSON *node_of(struct json *v)
{
	return (cJSON *)(void *)v;
}

static struct json *json_of(cJSON *node)
{
	return (struct json *)(void *)node;
}

/* Idempotent, and cheap enough to do wherever a tree begins. */
static void use_our_memory(void)
{
	cJSON_Hooks hooks = { .malloc_fn = json_malloc, .free_fn = free };

	cJSON_InitHooks(&hooks);
}

struct json *json_object(void)
{
	use_our_memory();
	return json_of(cJSON_CreateObject());
}

struct json *json_array(void)
{
	use_our_memory();
	return json_of(cJSON_CreateArray());
}

void json_free(struct json *value)
{
	cJSON_Delete(node_of(value));
}

static cJSON *text_node(const char *text)
{
	use_our_memory();
	if (!text)
		return cJSON_CreateNull();
	size_t len = strlen(text), at = 0, used = 0;

	if (utf8_valid(text, len))
		return cJSON_CreateStringReference(text);
	char *clean = xrealloc(NULL, len * 3 + 1, 1);
	uint32_t point;

	while (at < len) {
		size_t n = utf8_decode(text + at, len - at, &point);
		const char *from = point == UTF8_INVALID ? "\xef\xbf\xbd" : text + at;
		size_t take = point == UTF8_INVALID ? 3 : n;

		memcpy(clean + used, from, take);
		used += take;
		at += n;
	}
	clean[used] = '\0';
	cJSON *node = cJSON_CreateString(clean);

	free(clean);
	return node;
}

static cJSON *int_node(int64_t number)
{
	char digits[24], *p = digits + sizeof(digits) - 1;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	/*
	 * cJSON keeps numbers as double: it would round the large ones, and it
	 * prints each with printf and reads it back, a quarter of the time of a
	 * large output.
	 */
	use_our_memory();
	*p = '\0';
	do
		*--p = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		*--p = '-';
	return cJSON_CreateRaw(p);
}

static void set_node(struct json *object, const char *key, cJSON *node)
{
	if (!cJSON_AddItemToObjectCS(node_of(object), key, node))
		BUG("cannot set '%s'", key);
}

/* No value is null. */
static cJSON *node_or_null(struct json *v)
{
	use_our_memory();
	return v ? node_of(v) : cJSON_CreateNull();
}

void json_set(struct json *object, const char *key, struct json *value)
{
	set_node(object, key, node_or_null(value));
}

void json_set_text(struct json *object, const char *key, const char *text)
{
	set_node(object, key, text_node(text));
}

void json_set_hex(struct json *object, const char *key, uint64_t number)
{
	char digits[17];

	snprintf(digits, sizeof(digits), "%016llx", (unsigned long long)number);
	use_our_memory();
	set_node(object, key, cJSON_CreateString(digits));
}

void json_set_int(struct json *object, const char *key, int64_t number)
{
	set_node(object, key, int_node(number));
}

void json_set_real(struct json *object, const char *key, double number)
{
	set_node(object, key, isfinite(number) ? cJSON_CreateNumber(number) : cJSON_CreateNull());
}

void json_set_bool(struct json *object, const char *key, bool yes)
{
	set_node(object, key, cJSON_CreateBool(yes));
}

static void push_node(struct json *array, cJSON *node)
{
	if (!cJSON_AddItemToArray(node_of(array), node))
		BUG("cannot append to an array");
}

void json_push(struct json *array, struct json *value)
{
	push_node(array, node_or_null(value));
}

void json_push_text(struct json *array, const char *text)
{
	push_node(array, text_node(text));
}

void json_push_int(struct json *array, int64_t number)
{
	push_node(array, int_node(number));
}

void json_out_init(struct json_out *j, FILE *file, enum json_style style)
{
	*j = (struct json_out){ .file = file, .style = style };
}

static inline void put(struct json_out *j, const char *s, size_t len)
{
	VEC_RESERVE(j->text, j->text_cap, j->used + len);
	memcpy(j->text + j->used, s, len);
	j->used += len;
}

static void put_newline(struct json_out *j, unsigned depth)
{
	if (j->style != JSON_INDENTED)
		return;
	char line[2 * JSON_DEPTH_MAX + 1];

	if (depth >= sizeof(line))
		BUG("JSON nested too deeply");
	line[0] = '\n';
	memset(line + 1, '\t', depth);
	put(j, line, depth + 1);
}

/* One string of cJSON's output, quotes included; returns the bytes taken. */
static size_t lay_string(struct json_out *j, const char *s)
{
	size_t at = 1, from = 0;

	for (; s[at] != '"'; at++) {
		unsigned char c = (unsigned char)s[at];
		uint32_t point;
		char escape[16];

		if (c == '\\') {
			at++;
			continue;
		}
		if (c < 0x7f && (c != '<' || j->style != JSON_SCRIPT))
			continue;
		/* The text is valid and ends with a quote: the bytes are there. */
		size_t n = c <= 0x7f ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

		utf8_decode(s + at, n, &point);
		if (point == '<' || (text_is_hostile(point) && point <= 0xffff)) {
			put(j, s + from, at - from);
			put(j, escape, (size_t)snprintf(escape, sizeof(escape), "\\u%04x", point));
			from = at + n;
		}
		at += n - 1;
	}
	put(j, s + from, at + 1 - from);
	return at + 1;
}

/* Lays one line of JSON out below `depth` containers. */
static void lay_out(struct json_out *j, const char *s, unsigned depth)
{
	while (*s) {
		char c = *s;

		switch (c) {
		case '"':
			s += lay_string(j, s);
			continue;
		case '{': case '[':
			if (s[1] == c + 2) {    /* {} and [] in ASCII */
				put(j, s, 2);
				s += 2;
				continue;
			}
			put(j, s++, 1);
			put_newline(j, ++depth);
			continue;
		case '}': case ']':
			put_newline(j, --depth);
			put(j, s++, 1);
			continue;
		case ',':
			put(j, s++, 1);
			put_newline(j, depth);
			continue;
		case ':':
			put(j, ": ", j->style == JSON_INDENTED ? 2 : 1);
			s++;
			continue;
		default:
			put(j, s++, 1);
		}
	}
}

static void flush_text(struct json_out *j)
{
	fwrite(j->text, 1, j->used, j->file);
	j->used = 0;
}

/* The comma, the line and the key before a member. */
static void begin_member(struct json_out *j, const char *key)
{
	if (!j->depth) {
		if (key)
			BUG("member '%s' outside an object", key);
		return;
	}
	bool *filled = &j->filled[j->depth - 1];

	if ((j->kind[j->depth - 1] == JSON_OBJECT) != (key != NULL))
		BUG("member '%s' in the wrong container", key ? key : "");
	if (*filled)
		put(j, ",", 1);
	*filled = true;
	put_newline(j, j->depth);
	if (key) {
		put(j, "\"", 1);
		put(j, key, strlen(key));
		put(j, "\": ", j->style == JSON_INDENTED ? 3 : 2);
	}
}

static void end_document(struct json_out *j)
{
	if (!j->depth)
		put(j, "\n", 1);
}

static void write_node(struct json_out *j, const char *key, cJSON *node)
{
	VEC_RESERVE(j->raw, j->raw_cap, (size_t)4096);
	/* A buffer of our own, kept: cJSON's would be grown by copying for each value. */
	while (!cJSON_PrintPreallocated(node, j->raw, (int)j->raw_cap, 0)) {
		if (j->raw_cap > INT_MAX / 2)
			BUG("one JSON value of more than a gigabyte");
		VEC_RESERVE(j->raw, j->raw_cap, j->raw_cap + 1);
	}
	cJSON_Delete(node);
	begin_member(j, key);
	lay_out(j, j->raw, j->depth);
	end_document(j);
	flush_text(j);
}

void json_out_value(struct json_out *j, struct json *value)
{
	write_node(j, NULL, node_or_null(value));
}

void json_out_member(struct json_out *j, const char *key, struct json *value)
{
	write_node(j, key, node_or_null(value));
}

void json_out_text(struct json_out *j, const char *key, const char *text)
{
	write_node(j, key, text_node(text));
}

void json_out_int(struct json_out *j, const char *key, int64_t number)
{
	write_node(j, key, int_node(number));
}

void json_out_bool(struct json_out *j, const char *key, bool yes)
{
	use_our_memory();
	write_node(j, key, cJSON_CreateBool(yes));
}

void json_out_open(struct json_out *j, const char *key, enum json_kind kind)
{
	if (j->depth == JSON_DEPTH_MAX)
		BUG("JSON nested too deeply");
	begin_member(j, key);
	put(j, kind == JSON_OBJECT ? "{" : "[", 1);
	j->kind[j->depth] = kind;
	j->filled[j->depth++] = false;
	flush_text(j);
}

void json_out_close(struct json_out *j)
{
	if (!j->depth)
		BUG("nothing to close");
	j->depth--;
	if (j->filled[j->depth])
		put_newline(j, j->depth);
	put(j, j->kind[j->depth] == JSON_OBJECT ? "}" : "]", 1);
	end_document(j);
	flush_text(j);
}

int json_out_finish(struct json_out *j, struct err *err)
{
	int rc = 0;

	if (j->depth)
		BUG("%u JSON containers left open", j->depth);
	if (fflush(j->file) || ferror(j->file))
		rc = err_set(err, ERR_SYSTEM, "cannot write: %s", strerror(errno ? errno : EIO));
	free(j->raw);
	free(j->text);
	*j = (struct json_out){ .file = j->file };
	return rc;
}
