/* SPDX-License-Identifier: MIT */
/* adr_set.c - meshctl adr set: another status, or which record holds now, in both of them. */
#include "base/text.h"
#include "cmd/adr.h"
#include "cmd/adr_edit.h"
#include "cmd/subcommand.h"

#include <string.h>

static void tell(const struct run *run, const struct adr_desk *d, uint32_t at, const char *what)
{
	const struct adr *r = &d->all.item[at];

	fprintf(run->out, "%s is %s  (%s)\n", text_escape(run->arena, adr_label(r, run->arena)),
		text_escape(run->arena, what),
		text_escape(run->arena, adr_typed(d, r->path, run->arena)));
}

static int set_status(struct run *run, const struct adr_desk *d, uint32_t at, const char *status,
		      struct err *err)
{
	struct open_record r;
	int rc;

	if (record_lock(d, at, run->arena, &r, err))
		return -1;
	rc = adr_edit_status(&r.now, status, run->arena, &r.text, err);
	rc = rc ? rc : record_put(&r, err);
	replace_end(&r.file);
	if (!rc)
		tell(run, d, at, status);
	return rc;
}

static int set_superseded(struct run *run, const struct adr_desk *d, uint32_t old, uint32_t new,
			  struct err *err)
{
	struct open_record a, b;
	struct adr_other by, of;
	int rc;

	/* Everybody takes the locks in the same order. */
	uint32_t first = strcmp(d->all.item[old].path, d->all.item[new].path) < 0 ? old : new;

	if (record_lock(d, first, run->arena, first == old ? &a : &b, err))
		return -1;
	if (record_lock(d, first == old ? new : old, run->arena, first == old ? &b : &a, err)) {
		replace_end(first == old ? &a.file : &b.file);
		return -1;
	}
	by = adr_other_of(&a.now, &b.now, run->arena);
	of = adr_other_of(&b.now, &a.now, run->arena);
	rc = adr_edit_superseded(&a.now, &by, run->arena, &a.text, err);
	rc = rc ? rc : adr_edit_supersedes(&b.now, &of, run->arena, &b.text, err);
	rc = rc ? rc : record_put(&b, err);
	if (!rc && record_put(&a, err)) {
		/* One side alone would be a lie. */
		record_back(&b);
		rc = -1;
	}
	replace_end(&a.file);
	replace_end(&b.file);
	if (!rc) {
		tell(run, d, old, arena_printf(run->arena, "superseded by %s",
					       adr_label(&d->all.item[new], run->arena)));
		tell(run, d, new, arena_printf(run->arena, "what supersedes %s",
					       adr_label(&d->all.item[old], run->arena)));
	}
	return rc;
}

static bool is_superseded_by(const char *word)
{
	return !strcmp(word, "superseded-by") || !strcmp(word, "replaced-by");
}

static int set(struct run *run, const struct adr_desk *d, struct err *err)
{
	const char *status = run->operand[1];
	uint32_t at, by;

	if (adr_named(d, run->operand[0], &at, err))
		return -1;
	if (is_superseded_by(status)) {
		if (run->noperands < 3)
			return err_set(err, ERR_USAGE, "missing operand: meshctl adr set RECORD "
				       "superseded-by RECORD");
		if (adr_named(d, run->operand[2], &by, err))
			return -1;
		if (by == at)
			return err_set(err, ERR_USAGE, "a record cannot supersede itself");
		return set_superseded(run, d, at, by, err);
	}
	if (run->noperands > 2)
		return err_set(err, ERR_USAGE, "unexpected operand '%.60s': meshctl adr set RECORD "
			       "STATUS", run->operand[2]);
	if (adr_status_of(status) == ADR_STRANGE || strpbrk(status, "\n\r"))
		return err_set(err, ERR_USAGE, "'%.60s' is no status: choose proposed, accepted, "
			       "rejected, deprecated, or superseded-by RECORD", status);
	if (adr_status_of(status) == ADR_SUPERSEDED)
		return err_set(err, ERR_USAGE, "say by what: meshctl adr set %.60s superseded-by "
			       "RECORD", run->operand[0]);
	return set_status(run, d, at, status, err);
}

static int run(struct run *run, struct err *err)
{
	struct adr_desk d;
	int rc = adr_open(run, &d, err);

	if (!rc) {
		rc = set(run, &d, err);
		adr_close(&d);
	}
	return rc ? -1 : EXIT_CLEAN;
}

const struct subcommand adr_set = {
	.name = "set", .summary = "another status, or which record holds now",
	.operands = "RECORD STATUS|superseded-by [RECORD]", .min_operands = 2, .max_operands = 3,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.run = run,
};
