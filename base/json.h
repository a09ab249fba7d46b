/* SPDX-License-Identifier: MIT */
/*
 * json.h - writing JSON as a stream of small documents.
 *
 * Values are built as small trees, written and freed one by one; the containers
 * around them are streamed, so that the whole output is never in memory.  Text
 * that is not UTF-8 becomes U+FFFD; controls and marks that a terminal would
 * obey are escaped.  Nothing depends on the locale.
 */
#ifndef MESHCTL_JSON_H
#define MESHCTL_JSON_H

#include "base/err.h"

#include <stdio.h>

/*
 * A value that is not written yet.  It has one owner: json_set(), json_push()
 * and json_out_value() take it over; json_free() is for the one never written.
 * Where a value is wanted, NULL is null.  Keys are string literals; text is
 * borrowed until the value is written.
 */
struct json;

struct json *json_object(void);
struct json *json_array(void);
void json_free(struct json *value);

void json_set(struct json *object, const char *key, struct json *value);
void json_set_text(struct json *object, const char *key, const char *text);     /* NULL: null */
/* Sixteen digits, copied. */
void json_set_hex(struct json *object, const char *key, uint64_t number);
void json_set_int(struct json *object, const char *key, int64_t number);
void json_set_real(struct json *object, const char *key, double number); /* not finite: null */
void json_set_bool(struct json *object, const char *key, bool yes);

void json_push(struct json *array, struct json *value);
void json_push_text(struct json *array, const char *text);
void json_push_int(struct json *array, int64_t number);

enum json_style {
	JSON_INDENTED,                  /* tabs, one member a line; a newline after each document */
	JSON_LINES,                     /* one document a line */
	JSON_SCRIPT,                    /* the same for a <script>: no '<' in it, none can end it */
};
enum json_kind { JSON_OBJECT, JSON_ARRAY };

/*
 * One object after another, as `go list -json` prints them:
 *
 *	json_out_init(&j, out, JSON_INDENTED);
 *	json_out_value(&j, object);
 *	return json_out_finish(&j, err);
 *
 * or an envelope around a stream:
 *
 *	json_out_open(&j, NULL, JSON_OBJECT);
 *	json_out_int(&j, "schema", 1);
 *	json_out_open(&j, "findings", JSON_ARRAY);
 *	json_out_value(&j, object);             as often as you like
 *	json_out_close(&j);
 *	json_out_close(&j);
 */
#define JSON_DEPTH_MAX 16

struct json_out {
	FILE *file;                     /* borrowed */
	enum json_style style;
	unsigned depth;                 /* containers that are open */
	enum json_kind kind[JSON_DEPTH_MAX];
	bool filled[JSON_DEPTH_MAX];    /* the container has a member */
	char *raw, *text;               /* what cJSON printed; the same laid out */
	size_t raw_cap, text_cap, used;
};

void json_out_init(struct json_out *j, FILE *file, enum json_style style);
/* key: the member's name inside an object, else NULL. */
void json_out_open(struct json_out *j, const char *key, enum json_kind kind);
void json_out_close(struct json_out *j);
void json_out_value(struct json_out *j, struct json *value);    /* document or array element */
void json_out_member(struct json_out *j, const char *key, struct json *value);
void json_out_text(struct json_out *j, const char *key, const char *text);
void json_out_int(struct json_out *j, const char *key, int64_t number);
void json_out_bool(struct json_out *j, const char *key, bool yes);
/* Frees; ERR_SYSTEM when something could not be written. */
int json_out_finish(struct json_out *j, struct err *err);

#endif
