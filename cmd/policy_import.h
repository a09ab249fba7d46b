/* SPDX-License-Identifier: MIT */
/* policy_import.h - `meshctl policy import`: the rules of another tool as a policy. */
#ifndef MESHCTL_POLICY_IMPORT_H
#define MESHCTL_POLICY_IMPORT_H

#include "cmd/command.h"

int policy_import(struct run *run, struct err *err);

#endif
