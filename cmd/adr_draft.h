/* SPDX-License-Identifier: MIT */
/*
 * adr_draft.h - what a new decision record says before anybody wrote it: context,
 * evidence, options, consequences.  Texts are Markdown; names of the tree in it are
 * escaped when they are put in.
 */
#ifndef MESHCTL_ADR_DRAFT_H
#define MESHCTL_ADR_DRAFT_H

#include "cmd/command.h"
#include "base/json.h"

#define DRAFT_LINES 24u
#define DRAFT_OPTIONS 4u

struct draft_list {
	const char *line[DRAFT_LINES];
	uint32_t count, left_out;       /* more than there is room for are counted */
};

struct draft_option { const char *title, *text; struct draft_list good, bad; };

struct adr_draft {
	struct arena *arena;
	const char *title;              /* where nobody gave one */
	const char *revision;           /* "4f2c1d9 (main)" */
	struct draft_list context, evidence, drivers, consequences, confirmation;
	struct draft_option option[DRAFT_OPTIONS];
	uint32_t noptions;
};

void draft_line(struct draft_list *l, const char *text);
/* Another option; never more than there is room for. */
struct draft_option *draft_option(struct adr_draft *d, const char *title, const char *text);
/* "`internal/a b`": a name as code, whatever is in it. */
const char *draft_code(struct adr_draft *d, const char *name);
/* Text of a message as Markdown: nothing in it is markup. */
const char *draft_words(struct adr_draft *d, const char *text);

/*
 * Drafts from "7f3a2c", "cycle:ID", "exception:N", "edge:A..B", "contexts:A..B": reads
 * the tree that the settings ask for.  ERR_USAGE when there is nothing of that name.
 */
int draft_from(struct run *run, const char *origin, struct adr_draft *d, struct err *err);

/* The lists as members of what a template is filled from; texts are borrowed. */
void draft_fill(const struct adr_draft *d, struct json *data);

#endif
