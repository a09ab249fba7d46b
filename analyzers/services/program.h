/* SPDX-License-Identifier: MIT */
/*
 * program.h - one program being looked at: what routes.c, listens.c, calls.c, guards.c,
 * guarded.c and discoveries.c fill, each from tables of its own.
 */
#ifndef MESHCTL_SERVICES_PROGRAM_H
#define MESHCTL_SERVICES_PROGRAM_H

#include "analyzers/services/router.h"
#include "analyzers/services/services_work.h"

struct routing;                         /* what routes.c knows so far */

struct program {
	struct eval eval;
	struct found *found;
	struct services *stats;
	struct routing *routing;        /* while routes_find() runs */
};

void routes_find(struct program *p);
void listens_find(struct program *p);
void calls_find(struct program *p);
void guards_find(struct program *p);
/* Which of the calls each guard stands around; after both were found. */
void guarded_find(struct program *p);
void discoveries_find(struct program *p);

struct service_place place_of(const struct program *p, uint32_t file, uint32_t node);
/* Text in which nothing is known but what is written: defaults count, the rest is head or tail. */
struct service_text text_of(struct program *p, const char *text);
/* The first key of the environment in a text, and its default; "" = none. */
const char *env_key(struct program *p, const char *text, const char **ret_standard);
/* The settings in a gRPC service configuration; false = none, or its text is not known. */
bool guard_config(struct program *p, struct expr text, struct service_guard *g);
/* The text of an expression of which everything is known; "" = not, or no expression. */
const char *name_text(struct program *p, struct expr x);
/* With the defaults of keys in their places; what has none is TEXT_UNKNOWN. */
const char *text_settled(struct program *p, const char *text);

/*
 * Each way to each place in the program where the name stands in `list`: calls of it, or
 * literals of the type.  path = what it is imported from; NULL = anything.
 */
void sites_walk(struct program *p, enum code_list list, const char *name, const char *path,
		void (*at)(struct program *p, unsigned row, struct expr x), unsigned row);
/* The value of a key of a literal T{key: value}; 0 = it is not there. */
uint32_t literal_key(const struct code *c, uint32_t file, uint32_t literal, const char *key);
/* The import path of the type of T{...}; "" = of the own package. */
const char *literal_path(const struct code *c, uint32_t file, uint32_t literal);
/* "host:port", "scheme://host:port/path" cut. */
struct address { const char *scheme, *host, *port, *env, *standard, *port_env; };
struct address address_of(struct program *p, const char *text);
uint32_t number_of(const char *s);

#endif
