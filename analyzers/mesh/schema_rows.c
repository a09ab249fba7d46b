/* SPDX-License-Identifier: MIT */
/* schema_rows.c - schemas.def as tables; one pass over the rows a table. */
#include "analyzers/mesh/schema_rows.h"

#define NONE SCHEMA_NONE

#define VERSION(what, version)
#define KIND(api, kind, root)
#define NODE(types, closed, prop, nprops, items, extra, check, nchecks)
#define PROP(name, node, required)
#define CHECK(kind, number, text, first, count)
#define WORD(word)
#define BRANCH(node)

#undef VERSION
#define VERSION(what, version) { what, version },
const struct schema_version schema_versions[] = {
#include "analyzers/mesh/schemas.def"
};
#undef VERSION
#define VERSION(what, version)

#undef KIND
#define KIND(api, kind, root) { api, kind, root },
const struct schema_kind schema_kinds[] = {
#include "analyzers/mesh/schemas.def"
};
#undef KIND
#define KIND(api, kind, root)

#undef NODE
#define NODE(types, closed, prop, nprops, items, extra, check, nchecks) \
	{ types, closed, prop, nprops, items, extra, check, nchecks },
const struct schema_node schema_nodes[] = {
#include "analyzers/mesh/schemas.def"
};
#undef NODE
#define NODE(types, closed, prop, nprops, items, extra, check, nchecks)

#undef PROP
#define PROP(name, node, required) { name, node, required },
const struct schema_prop schema_props[] = {
#include "analyzers/mesh/schemas.def"
};
#undef PROP
#define PROP(name, node, required)

#undef CHECK
#define CHECK(kind, number, text, first, count) { kind, number, text, first, count },
const struct schema_check_row schema_checks[] = {
#include "analyzers/mesh/schemas.def"
};
#undef CHECK
#define CHECK(kind, number, text, first, count)

#undef WORD
#define WORD(word) word,
const char *const schema_words[] = {
#include "analyzers/mesh/schemas.def"
};
#undef WORD
#define WORD(word)

#undef BRANCH
#define BRANCH(node) node,
const uint16_t schema_branches[] = {
#include "analyzers/mesh/schemas.def"
};
#undef BRANCH
#define BRANCH(node)

const uint32_t nschema_versions = ARRAY_SIZE(schema_versions);
const uint32_t nschema_kinds = ARRAY_SIZE(schema_kinds);
const uint32_t nschema_checks = ARRAY_SIZE(schema_checks);
