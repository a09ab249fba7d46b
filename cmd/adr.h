/* SPDX-License-Identifier: MIT */
/* adr.h - what the sub-commands of `meshctl adr` share. */
#ifndef MESHCTL_CMD_ADR_H
#define MESHCTL_CMD_ADR_H

#include "analyzers/decisions.h"
#include "cmd/command.h"

struct adr_desk {                       /* the records, and the policy beside them */
	struct source_place place;
	const struct policy *policy;
	struct adrs all;
};

/* Opens the tree that the settings ask for; adr_close() afterwards. */
int adr_open(const struct run *run, struct adr_desk *ret, struct err *err);
void adr_close(struct adr_desk *d);
/* ERR_USAGE names those that are near. */
int adr_named(const struct adr_desk *d, const char *text, uint32_t *ret, struct err *err);
/* The path as one may type it here. */
const char *adr_typed(const struct adr_desk *d, const char *path, struct arena *arena);
/* "accepted", or what it says itself. */
const char *adr_status_shown(const struct adr *r, struct arena *arena);
/* One record for a program. */
struct json *adr_json(const struct adrs *all, const struct adr *r);

#endif
