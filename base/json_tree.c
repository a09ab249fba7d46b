/* SPDX-License-Identifier: MIT */
/* json_tree.c - reading JSON values with cJSON. */
#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const cJSON *node_of(const struct json *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json *json_of(const cJSON *node)
{
	return (const struct json *)(const void *)node;
}

int json_parse(const char *bytes, size_t len, struct json **ret, struct err *err)
{
	const char *end = bytes;
	cJSON *node;

	json_free(json_object());       /* cJSON uses our memory from here on */
	node = cJSON_ParseWithLengthOpts(bytes, len, &end, false);
	while (node && end < bytes + len && *end && strchr(" \t\r\n", *end))
		end++;
	if (!node || end != bytes + len) {
		cJSON_Delete(node);
		return err_set(err, ERR_INPUT, "no JSON from byte %zu on", (size_t)(end - bytes));
	}
	*ret = (struct json *)(void *)node;
	return 0;
}

enum json_type json_type_of(const struct json *v)
{
	const cJSON *n = node_of(v);

	if (!n || cJSON_IsNull(n))
		return JSON_NULL;
	if (cJSON_IsBool(n))
		return cJSON_IsTrue(n) ? JSON_TRUE : JSON_FALSE;
	if (cJSON_IsNumber(n) || cJSON_IsRaw(n))        /* json.c keeps whole numbers raw */
		return JSON_NUMBER;
	return cJSON_IsString(n) ? JSON_TEXT : cJSON_IsArray(n) ? JSON_LIST : JSON_MAP;
}

const struct json *json_member(const struct json *map, const char *key, size_t len)
{
	if (json_type_of(map) != JSON_MAP)
		return NULL;
	for (const cJSON *n = node_of(map)->child; n; n = n->next)
		if (strlen(n->string) == len && !memcmp(n->string, key, len))
			return json_of(n);
	return NULL;
}

const struct json *json_first(const struct json *v)
{
	enum json_type type = json_type_of(v);

	return type == JSON_LIST || type == JSON_MAP ? json_of(node_of(v)->child) : NULL;
}

const struct json *json_next(const struct json *v)
{
	return json_of(node_of(v)->next);
}

const char *json_words(const struct json *v, char buf[JSON_NUMBER_BYTES])
{
	const cJSON *n = node_of(v);

	switch (json_type_of(v)) {
	case JSON_TEXT:
		return n->valuestring;
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	case JSON_NUMBER:
		if (cJSON_IsRaw(n))
			return n->valuestring;
		for (int digits = 1; digits <= 17; digits++) {
			snprintf(buf, JSON_NUMBER_BYTES, "%.*g", digits, n->valuedouble);
			if (strtod(buf, NULL) == n->valuedouble)
				break;
		}
		return buf;
	case JSON_NULL:
	case JSON_LIST:
	case JSON_MAP:
		break;
	}
	return "";
}

bool json_is_empty(const struct json *v)
{
	char buf[JSON_NUMBER_BYTES];

	switch (json_type_of(v)) {
	case JSON_NULL:
	case JSON_FALSE:
		return true;
	case JSON_TRUE:
	case JSON_MAP:
		return false;
	case JSON_LIST:
		return !json_first(v);
	case JSON_TEXT:
		return !*json_words(v, buf);
	case JSON_NUMBER:
		return strtod(json_words(v, buf), NULL) == 0;
	}
	return true;
}
