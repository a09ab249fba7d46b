/* SPDX-License-Identifier: MIT */
/* schema_rows.h - the tables of schemas.def; schema_rows.c has them, schema.c walks them. */
#ifndef MESHCTL_MESH_SCHEMA_ROWS_H
#define MESHCTL_MESH_SCHEMA_ROWS_H

#include "analyzers/mesh/schema.h"

enum schema_type {
	T_STRING = 1, T_INTEGER = 2, T_NUMBER = 4, T_BOOLEAN = 8, T_OBJECT = 16, T_ARRAY = 32,
};

enum schema_check_kind {
	MIN_LENGTH, MAX_LENGTH, MIN_ITEMS, MAX_ITEMS, MIN_PROPERTIES, MAX_PROPERTIES, MINIMUM,
	MAXIMUM, ENUM, PATTERN, FORMAT, ANY_OF, ONE_OF, NONE_OF,
};

#define SCHEMA_NONE UINT16_MAX

struct schema_node {
	uint8_t types;                  /* of enum schema_type; 0 = anything */
	bool closed;                    /* no keys but these */
	uint16_t prop, nprops;          /* in schema_props, by name */
	uint16_t items;                 /* of a list */
	uint16_t extra;                 /* of every other key; SCHEMA_NONE = not said */
	uint16_t check, nchecks;        /* in schema_checks */
};
struct schema_prop { const char *name; uint16_t node; bool required; };
struct schema_check_row {
	enum schema_check_kind kind;
	double number;
	const char *text;
	uint16_t first, count;          /* in schema_words or schema_branches */
};

extern const struct schema_node schema_nodes[];
extern const struct schema_prop schema_props[];
extern const struct schema_check_row schema_checks[];
extern const char *const schema_words[];
extern const uint16_t schema_branches[];
extern const uint32_t nschema_checks;

#endif
