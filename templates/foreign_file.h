/* SPDX-License-Identifier: MIT */
/* foreign_file.h - rules of another tool as the text of .meshctl.yaml, each with its origin. */
#ifndef MESHCTL_FOREIGN_FILE_H
#define MESHCTL_FOREIGN_FILE_H

#include "analyzers/foreign/foreign.h"

/* In the arena. */
const char *foreign_file_text(const struct foreign *f, struct arena *arena);
/* ".go-arch-lint.yml:12 deps.app: why": one line for a person. */
const char *foreign_note_text(const struct foreign *f, const struct foreign_note *n,
			      struct arena *arena);
/* Notes of one kind. */
uint32_t foreign_note_count(const struct foreign *f, bool near);

#endif
