/* SPDX-License-Identifier: MIT */
/* adr.h - what the sub-commands of `meshctl adr` share. */
#ifndef MESHCTL_CMD_ADR_H
#define MESHCTL_CMD_ADR_H

#include "analyzers/decisions.h"
#include "base/replace.h"
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
/* A record's file, locked, as it is now; replace_end() of its file lets others in. */
struct open_record {
	struct replace file;
	struct adr now;
	const char *text;               /* what it shall be: at first what it is */
};
/* Who locks more than one takes them by path, so that nobody waits for ever. */
int record_lock(const struct adr_desk *d, uint32_t at, struct arena *arena,
		struct open_record *ret, struct err *err);
int record_put(const struct open_record *r, struct err *err);
/* What it was before record_put(). */
void record_back(const struct open_record *r);
/* The path as one may type it here. */
const char *adr_typed(const struct adr_desk *d, const char *path, struct arena *arena);
/*
 * What $VISUAL or $EDITOR names, on the file, where this is a terminal; what it fails at,
 * or leaves that is no record, is said on stderr.
 */
void adr_editor(const struct run *run, const char *path);
/* "accepted", or what it says itself. */
const char *adr_status_shown(const struct adr *r, struct arena *arena);
/* "dot" or "mermaid": which record superseded or amended which, from the older to the younger. */
int adr_picture(const struct adrs *all, struct arena *arena, const char *format, FILE *out,
		struct err *err);
/* One record for a program. */
struct json *adr_json(const struct adrs *all, const struct adr *r);

#endif
