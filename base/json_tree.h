/* SPDX-License-Identifier: MIT */
/*
 * json_tree.h - looking into a JSON value: what was built with json.h, or a document
 * read as a whole.  For small documents; large ones are streams.
 */
#ifndef MESHCTL_JSON_TREE_H
#define MESHCTL_JSON_TREE_H

#include "base/json.h"

enum json_type { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_MAP };

/*
 * Reads one document; json_free() it.  ERR_INPUT names the byte where it is no JSON.
 * Lists and maps in each other up to cJSON's CJSON_NESTING_LIMIT.
 */
int json_parse(const char *bytes, size_t len, struct json **ret, struct err *err);

enum json_type json_type_of(const struct json *v);      /* NULL is null */
/* The member of a map, or NULL. */
const struct json *json_member(const struct json *map, const char *key, size_t len);
/* The values of a list or map, one after another; NULL at the end. */
const struct json *json_first(const struct json *v);
const struct json *json_next(const struct json *v);
/* JSON_TEXT: the text; a number: its shortest digits, in `buf`; else "". */
#define JSON_NUMBER_BYTES 32u
const char *json_words(const struct json *v, char buf[JSON_NUMBER_BYTES]);
/* false, null, 0, "" and an empty list: what JavaScript and Mustache take for nothing. */
bool json_is_empty(const struct json *v);

#endif
