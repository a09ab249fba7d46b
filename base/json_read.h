/* SPDX-License-Identifier: MIT */
/*
 * json_read.h - reading one JSON object (RFC 8259, strictly): its members, with
 * texts and where they stand.  What is nested is checked and kept as written.
 * For files of one small object a line.
 */
#ifndef MESHCTL_JSON_READ_H
#define MESHCTL_JSON_READ_H

#include "base/arena.h"

#define JSON_MEMBERS_MAX 64u
#define JSON_READ_DEPTH 63u

enum json_value { JSON_IS_NULL, JSON_IS_BOOL, JSON_IS_NUMBER, JSON_IS_TEXT, JSON_IS_NESTED };

struct json_member {
	const char *key;                /* decoded */
	const char *text;               /* of JSON_IS_TEXT: decoded; else NULL */
	enum json_value kind;
	/* Key and value as written; they point into the bytes. */
	const char *raw_key, *raw;
	size_t raw_key_len, raw_len;
	uint32_t col;                   /* of the value, in bytes from 1 */
};

struct json_members {
	struct json_member item[JSON_MEMBERS_MAX];
	uint32_t count;
	/* Of a failure: constant text, lower case, and where. */
	const char *problem;
	uint32_t col;
};

/*
 * bytes[0..len) hold one object and white space.  Texts live in the arena.  False
 * with a problem for what is no such object, has a key twice, too many members or
 * levels, or text with a NUL or that is not UTF-8.
 */
bool json_read_object(const char *bytes, size_t len, struct arena *arena,
		      struct json_members *ret);
/* The member of this key, or NULL. */
const struct json_member *json_member_find(const struct json_members *m, const char *key);

#endif
