/* SPDX-License-Identifier: MIT */
/* mesh.h - what the sub-commands of `meshctl mesh` that write files share. */
#ifndef MESHCTL_CMD_MESH_H
#define MESHCTL_CMD_MESH_H

#include "analyzers/services/services.h"
#include "cmd/session.h"
#include "templates/kept_file.h"
#include "templates/manifest.h"

struct mesh_desk {
	struct session session;
	struct arena scratch;
	struct services services;
};

/* Reads the tree and finds its services; mesh_close() afterwards. */
int mesh_open(const struct run *run, struct mesh_desk *ret, struct err *err);
void mesh_close(struct mesh_desk *d);
/* ERR_USAGE names those that are near. */
int mesh_named(const struct services *s, const char *name, uint32_t *ret, struct err *err);

/* A folder that is being filled. */
struct mesh_folder {
	const struct run *run;
	const char *dir;
	uint32_t kind[KEPT_COUNT];      /* files */
	struct { const char *path; enum kept kind; } *item;     /* malloc */
	uint32_t count, cap;
	/* Files that were generated and are no longer: those that stay, and that went. */
	const char *gone, *deleted;     /* NULL = none */
};
/* Writes, or with --print looks what would be written. */
int mesh_put(struct mesh_folder *f, const char *path, const char *body, bool once,
	     struct err *err);
/* What became of the files; `next` is a line of advice or NULL.  An exit_status. */
int mesh_tell(const struct mesh_folder *f, const char *next);
void mesh_folder_release(struct mesh_folder *f);

#endif
