/* SPDX-License-Identifier: MIT */
/*
 * router.h - which router of which framework an expression is, and the path that it
 * stands below.
 */
#ifndef MESHCTL_SERVICES_ROUTER_H
#define MESHCTL_SERVICES_ROUTER_H

#include "analyzers/services/eval.h"

enum framework {
#define ROUTER(id, name, path, makers, types, parts) id,
#define VERB(router, name, form, method, arg)
#include "analyzers/services/routers.def"
#undef ROUTER
#undef VERB
	FW_COUNT
};

enum route_form {
	ROUTE_PATH, ROUTE_HANDLE, ROUTE_PATTERN, ROUTE_BELOW, ROUTE_GROUP, ROUTE_SCOPE,
	ROUTE_INLINE, ROUTE_SAME, ROUTE_METHODS, ROUTE_HERE, ROUTE_MOUNT, ROUTE_LISTS
};

struct framework_row { const char *name, *path, *makers, *types, *parts; };
struct verb_row {
	enum framework framework;
	const char *name;
	enum route_form form;
	const char *method;
	uint32_t arg;
};
extern const struct framework_row framework_rows[FW_COUNT];
extern const struct verb_row verb_rows[];
extern const uint32_t nverb_rows;

struct router {
	enum framework framework;
	/* Where it is made; a parameter that nobody is known to fill is one as well. */
	uint32_t file, node;            /* node 0: http.DefaultServeMux */
	const char *prefix;             /* as eval_text() gives it */
	uint32_t methods_file, methods; /* a .Methods(...) on the way; 0 = none */
	bool part;                      /* made by Group and its like, of another type */
	bool below;                     /* made by PathPrefix: what is below the prefix too */
};

#define ROUTERS_MAX 16u
struct routers { struct router item[ROUTERS_MAX]; uint32_t count; };

void router_of(struct eval *e, struct expr x, struct routers *ret);
/* "/a" below "/api/" is /api/a. */
const char *router_join(struct eval *e, const char *prefix, const char *path);
bool word_in(const char *words, const char *s, size_t len);

#endif
