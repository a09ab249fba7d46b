/* SPDX-License-Identifier: MIT */
/*
 * ports.h - which packages are ports: at least one interface, no function bodies,
 * no struct tags and embedded types of object-relational mappers (ormtypes.def).
 * Test files do not count.  A file that cannot be read or parsed makes it none.
 */
#ifndef MESHCTL_PORTS_H
#define MESHCTL_PORTS_H

#include "analyzers/analyzer.h"

/* Sets port[d] for those folders of want[] (both [ndirs]); reads their bodies. */
int ports_find(const struct analysis *a, const bool *want, bool *port, struct err *err);

/*
 * Could a port excuse an import that the layers forbid?  It leads to an outer
 * layer, inside of one context, and the policy knows ports.
 */
bool port_could_excuse(const struct mapping *m, uint32_t from, uint32_t to);
/*
 * Those folders that are ports and imported against the direction of the layers
 * inside of one context: port[ndirs].
 */
int ports_excused(const struct analysis *a, bool *port, struct err *err);

/*
 * The next key of a struct tag, as reflect.StructTag reads it: the bytes before
 * the colon.  *at is moved behind its value; false at the end.
 */
bool tag_next(const char **at, const char **ret_key, size_t *ret_len);
/* The tag that goes with an embedded type written like this (normalised), or NULL. */
const char *orm_tag_of_type(const char *type);
/* Is it a key of an object-relational mapper? */
bool orm_tag_has(const char *key, size_t len);

/* The import path and the name of a normalised type with a name, without * and [...]. */
bool type_parts(const char *type, const char **ret_path, size_t *ret_len, const char **ret_name,
		size_t *ret_name_len);
/* Is `path` (len bytes) this import path, or what is below it, or a later major version? */
bool path_covers(const char *prefix, const char *path, size_t len);

#endif
