/* SPDX-License-Identifier: MIT */
/*
 * yaml.h - reading YAML as a tree that knows where each key and value stands,
 * and writing scalars that read back as they were.
 *
 * Scalars are text; what is a number or a boolean is asked for by the reader of
 * the tree, after YAML 1.2: `yes`, `no`, `on`, `off` are words.
 */
#ifndef MESHCTL_YAML_H
#define MESHCTL_YAML_H

#include "base/arena.h"
#include "base/err.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	bool quoted;                    /* quotes, block, !!str: text whatever it looks like */
	uint32_t line, col, end_col;    /* as in struct span: from 1, columns in bytes */
	const char *file;               /* the name that yaml_read() was given; the same pointer */
	const char *text;               /* YAML_TEXT, NUL-terminated, no NUL inside; else "" */
	struct yaml_node **item;        /* YAML_LIST: [count] */
	struct yaml_pair *pair;         /* YAML_MAP: [count] in the order of the file */
	uint32_t count;
	uint32_t weight;                /* nodes in it, those behind aliases counted each time */
};

struct yaml_pair {
	struct yaml_node *key;          /* always YAML_TEXT; no two of a map are equal */
	struct yaml_node *value;
};

/*
 * Reads one document.  Everything lives in the arena; `file` is kept as it is,
 * for messages and positions.  An alias is the node of its anchor itself, so the
 * tree may be a directed graph without circles; `<<` merges as YAML 1.1 says and
 * is gone afterwards.  ERR_CONFIG "file:line:col: cause" for what is not YAML, not
 * UTF-8, more than one document, a duplicate key, a key that is no text, a tag
 * other than YAML's own, or beyond the limits yaml-bytes, yaml-depth, yaml-nodes.
 * An empty document is a null.
 */
int yaml_read(const char *file, const char *bytes, size_t len, struct arena *arena,
	      struct yaml_node **ret, struct err *err);

/* The same of a part of a file that begins in its line `line`. */
int yaml_read_part(const char *file, const char *bytes, size_t len, uint32_t line,
		   struct arena *arena, struct yaml_node **ret, struct err *err);

/* A stream of documents, which YAML lets nobody quote: a line that begins with "---" begins one. */
struct yaml_stream {
	const char *bytes;
	size_t len, at;
	uint32_t line;                  /* of `at`; begin with 1 */
};
struct yaml_part { const char *bytes; size_t len; uint32_t line; };
/* The next document that holds more than comments and directives; false at the end. */
bool yaml_next_part(struct yaml_stream *s, struct yaml_part *ret);

/* The value of a key, or NULL.  Looks at one key after another. */
struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
const struct yaml_pair *yaml_find(const struct yaml_node *map, const char *key);

/* Plain and empty, ~, null, Null or NULL. */
bool yaml_is_null(const struct yaml_node *n);
/* Plain true or false (also True, TRUE, ...); else returns false. */
bool yaml_bool(const struct yaml_node *n, bool *ret);
/* Plain decimal digits that fit; else returns false. */
bool yaml_uint(const struct yaml_node *n, uint32_t *ret);
/* Plain and a decimal number of any kind: 12, -1, 1.5e3. */
bool yaml_is_number(const struct yaml_node *n);
/* "text", "a list", "a map", "nothing", "a number", "true or false": for messages. */
const char *yaml_kind_name(const struct yaml_node *n);

/* ERR_CONFIG with "file:line:col: " before the message; returns -1. */
int yaml_error(const struct yaml_node *at, struct err *err, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/*
 * The text as a YAML scalar on one line that every reader (1.1 and 1.2) takes for
 * this text and nothing else: as it is where that works, else in double quotes.
 * What is not UTF-8 becomes U+FFFD.  `flow` is for inside of [ ] and { }.
 */
const char *yaml_scalar(const char *text, bool flow, struct arena *arena);

#endif
