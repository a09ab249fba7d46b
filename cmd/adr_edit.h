/* SPDX-License-Identifier: MIT */
/* adr_edit.h - the text of a decision record with another status, or another link. */
#ifndef MESHCTL_ADR_EDIT_H
#define MESHCTL_ADR_EDIT_H

#include "graph/source/adr/adr.h"

/* What a record is superseded by, or supersedes. */
struct adr_other {
	const char *label;              /* "12. Use X", "ADR-0012", as the format has it */
	const char *file;               /* relative to the record's own folder */
	uint32_t number;                /* 0 = none */
};

/* Another status; nothing else changes.  ERR_INPUT where there is no place for it. */
int adr_edit_status(const struct adr *r, const char *status, struct arena *arena,
		    const char **ret, struct err *err);
/* Status "superseded", with the link to the one that holds now. */
int adr_edit_superseded(const struct adr *r, const struct adr_other *by, struct arena *arena,
			const char **ret, struct err *err);
/* "Supersedes ...", where the format has its links.  The same text where it is there. */
int adr_edit_supersedes(const struct adr *r, const struct adr_other *old, struct arena *arena,
			const char **ret, struct err *err);
/* How records of this format name another one; `to` seen from the folder of `from`. */
struct adr_other adr_other_of(const struct adr *from, const struct adr *to, struct arena *arena);
/* The path of `to` seen from the folder that `from` stands in. */
const char *adr_relative(const char *from, const char *to, struct arena *arena);

#endif
