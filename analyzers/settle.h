/* SPDX-License-Identifier: MIT */
/*
 * settle.h - which findings count: those that no exception of the policy, no
 * //meshctl:ignore comment and no line of the baseline holds.
 *
 * What is held leaves findings.item for findings.held, with its reason.  What
 * holds nothing, or no more, is told by rules of its own.
 */
#ifndef MESHCTL_SETTLE_H
#define MESHCTL_SETTLE_H

#include "analyzers/analyzer.h"
#include "analyzers/policy/baseline.h"
#include "graph/source/renames.h"

struct settlement {
	const struct analysis *given;   /* policy, mapping, source, graph, bodies */
	struct rules_ran *ran;          /* a rule that did not run leaves its entries alone */
	struct baseline *baseline;      /* NULL = none */
	const char *baseline_path;      /* relative to source.root; NULL = not in the tree */
	int64_t now;                    /* seconds, UTC: what expiry dates are compared with */
	/*
	 * Everything was looked at: PATTERN left nothing out, and no option changed what is
	 * built.  Only then is what matches nothing fixed.
	 */
	bool whole;
	/*
	 * Asked once, and only where findings and entries remain that do not match; NULL =
	 * nobody knows.  By `to`; in the arena.
	 */
	uint32_t (*renames)(void *ctx, struct arena *arena, const struct folder_rename **ret);
	void *renames_ctx;
};

enum entry_state {
	ENTRY_HOLDS,
	ENTRY_RENAMED,                  /* holds a finding under another name: settled_entry.now */
	ENTRY_EXPIRED,                  /* matches, but its day has passed */
	ENTRY_FIXED,                    /* matches nothing any more */
	ENTRY_UNKNOWN,                  /* its rule did not run, or not everything was looked at */
};
struct settled_entry {
	enum entry_state state;
	struct baseline_entry now;      /* ENTRY_RENAMED: what it is now */
};

struct settled {
	uint32_t excepted, ignored, baselined;  /* findings held by each */
	uint32_t fixed, expired;                /* lines of the baseline */
	const struct settled_entry *entry;      /* [baseline.nentries]; in findings.arena */
};

/*
 * May anything hold findings of this rule back?  Not what cannot be read, for a
 * green result would hide it; nor the rules about holding back.
 */
bool settle_may_hold(const struct rule *rule);

/*
 * Before findings_finish().  Counts the entries in ran->judged; which of its own
 * rules speak is findings.skip's affair.
 */
int findings_settle(struct findings *f, const struct settlement *s, struct settled *ret,
		    struct err *err);

/* What a change is compared with: another tree, judged. */
struct settle_base {
	const struct findings *findings;
	const char *name;               /* of the commit, for held_by */
	/* Folders that have another name since; as settlement.renames. */
	uint32_t (*renames)(void *ctx, struct arena *arena, const struct folder_rename **ret);
	void *renames_ctx;
};

/*
 * After findings_settle(): what the base has as well, held back there or not, leaves
 * item for held.  A circle is known where the base has each of its edges in one.
 * Returns how many.
 */
uint32_t findings_known(struct findings *f, const struct settle_base *base);
/* The same where the base, of that name, is known to have all of them. */
void findings_all_known(struct findings *f, const char *name);

#endif
