/* SPDX-License-Identifier: MIT */
/*
 * kept_file.h - files that are generated again and again, and that people may change.
 * A marker near the top holds the hash of what was generated below it, so that three texts
 * can be told apart: what was generated, what is there, what would be generated now.
 */
#ifndef MESHCTL_TEMPLATES_KEPT_FILE_H
#define MESHCTL_TEMPLATES_KEPT_FILE_H

#include "base/arena.h"
#include "base/err.h"

enum kept {
	KEPT_NEW,                       /* was not there: written */
	KEPT_UPDATED,                   /* nobody changed it: written anew */
	KEPT_SAME,                      /* is what would be generated */
	KEPT_EDITED,                    /* changed by hand, nothing new to merge: left alone */
	KEPT_CONFLICT,                  /* changed by hand and here: the new text is beside */
	KEPT_FOREIGN,                   /* has no marker, is not ours: left alone */
	KEPT_COUNT
};
extern const char *const kept_name[KEPT_COUNT];

#define KEPT_BESIDE ".generated"        /* the new text of KEPT_CONFLICT is in FILE.generated */

/* `body` with its marker, as a comment of what the path's suffix says. */
const char *kept_marked(const char *path, const char *body, struct arena *arena);
/*
 * Writes `body` to dir/path where that loses nothing; `dry`: only says what would happen.
 * Folders are made.  ERR_INPUT where a link below `dir` would be followed.
 */
int kept_put(const char *dir, const char *path, const char *body, bool dry, struct arena *arena,
	     enum kept *ret, struct err *err);
/* The same of a text that belongs to people from its first day: written once, unmarked. */
int kept_put_once(const char *dir, const char *path, const char *body, bool dry,
		  struct arena *arena, enum kept *ret, struct err *err);

/*
 * A file below `dir` that was generated: who changed it by hand?  False where it has no
 * marker, is a link or cannot be read.
 */
bool kept_is_generated(const char *dir, const char *path, struct arena *arena, bool *ret_edited);
/* Takes such a file away, and its folders when nothing else is in them. */
int kept_remove(const char *dir, const char *path, struct arena *arena, struct err *err);
/*
 * The files below `dir`, at most KEPT_DEPTH folders deep, sorted, without hidden ones and
 * links; the arena has them.
 */
#define KEPT_DEPTH 3u
uint32_t kept_list(const char *dir, struct arena *arena, const char ***ret);

#endif
