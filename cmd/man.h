/* SPDX-License-Identifier: MIT */
/*
 * man.h - the manual pages in mdoc, printed from the tables.  The copies in
 * man/ are what `meshctl __man` prints; the tests compare them.
 */
#ifndef MESHCTL_MAN_H
#define MESHCTL_MAN_H

#include "cmd/command.h"

void man_program(FILE *out);                            /* meshctl.1 */
void man_command(const struct command *c, FILE *out);   /* meshctl-<command>.1 */
void man_policy(FILE *out);                             /* meshctl.yaml.5 */

#endif
