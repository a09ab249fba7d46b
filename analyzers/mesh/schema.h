/* SPDX-License-Identifier: MIT */
/*
 * schema.h - is a document what its kind may be?  The kinds are rows of schemas.def:
 * closed, so that a key that nobody knows is a fault, as for a server that validates
 * strictly.  A key without value counts as not given, as it does for that server.
 */
#ifndef MESHCTL_MESH_SCHEMA_H
#define MESHCTL_MESH_SCHEMA_H

#include "base/yaml.h"

#define SCHEMA_NO_KIND UINT32_MAX

struct schema_kind { const char *api, *kind; uint16_t root; };
struct schema_version { const char *what, *version; };

extern const struct schema_kind schema_kinds[];         /* by api, then kind */
extern const uint32_t nschema_kinds;
extern const struct schema_version schema_versions[];   /* what the rows were taken from */
extern const uint32_t nschema_versions;

struct schema_fault {
	const struct yaml_node *at;
	const char *where;              /* "spec.http[0].route" */
	const char *message;            /* names it */
};

struct schema_run;

/* Keeps what it compiles; all of it lives in the arena. */
struct schema_run *schema_run_new(struct arena *arena);
/* Index in schema_kinds, or SCHEMA_NO_KIND. */
uint32_t schema_find(const char *api, const char *kind);
/*
 * Tells every fault of the document, in the order of the file where that has one.
 * `part`: it is laid over another, and need not be whole.  The texts live in the arena,
 * which may be another one than the run's.
 */
void schema_check(struct schema_run *r, const struct yaml_node *root, uint32_t kind, bool part,
		  struct arena *arena,
		  void (*tell)(void *ctx, const struct schema_fault *f), void *ctx);

/* What Kubernetes takes a scalar for: its reader follows YAML 1.1, where `yes` is a boolean. */
enum schema_scalar { SCALAR_NULL, SCALAR_BOOLEAN, SCALAR_INTEGER, SCALAR_NUMBER, SCALAR_STRING };
enum schema_scalar schema_scalar_of(const struct yaml_node *n);

#endif
