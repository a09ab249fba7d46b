/* SPDX-License-Identifier: MIT */
/* policy_file.h - a proposed policy as the text of .meshctl.yaml, each guess with its reason. */
#ifndef MESHCTL_POLICY_FILE_H
#define MESHCTL_POLICY_FILE_H

#include "analyzers/propose.h"

/* In the arena.  It reads back: the caller may take an error of policy_read() for a bug. */
const char *policy_file_text(const struct proposal *p, const char *baseline, struct arena *arena);

#endif
