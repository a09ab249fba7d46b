/* SPDX-License-Identifier: MIT */
/* baseline_edit.c - meshctl baseline update and add. */
#include "base/date.h"
#include "base/text.h"
#include "cmd/baseline_verbs.h"
#include "cmd/explain_finding.h"

#include <stdlib.h>
#include <string.h>

#define LISTED 20u                      /* entries of a kind on a screen, without --all */
#define SCREEN 100u
#define MARGIN 10u

/* Entries that go, come, or come under a new name. */
struct change {
	struct baseline_entry *remove, *add;
	uint32_t nremove, nadd, remove_cap, add_cap;
	uint32_t renamed;               /* of both: the last ones */
	uint32_t open;                  /* new findings that stay new */
	struct baseline_edited done;
};

static void push_remove(struct change *c, const struct baseline_entry *e)
{
	VEC_RESERVE(c->remove, c->remove_cap, c->nremove + 1);
	c->remove[c->nremove++] = *e;
}

static void push_add(struct change *c, const struct baseline_entry *e)
{
	VEC_RESERVE(c->add, c->add_cap, c->nadd + 1);
	c->add[c->nadd++] = *e;
}

const char *baseline_entry_words(const struct baseline_entry *e, struct arena *arena)
{
	const struct rule *rule = rule_find(e->rule);
	const char *name = rule ? rule->name : text_escape(arena, e->rule);
	const char *from = text_escape(arena, e->from), *to = text_escape(arena, e->to);

	if (*from && *to)
		return arena_printf(arena, "%s '%s' -> '%s'%s%s", name, from, to,
				    rule == &rule_rows[RULE_IMPORT_CYCLE] ? " at " : "",
				    rule == &rule_rows[RULE_IMPORT_CYCLE] ? e->symbol : "");
	return arena_printf(arena, "%s '%s'", name, *from ? from : *to ? to :
			    text_escape(arena, e->symbol));
}

struct json *baseline_entry_json(const struct baseline_entry *e)
{
	const struct rule *rule = rule_find(e->rule);
	struct json *o = json_object();

	json_set_text(o, "rule", rule ? rule->name : NULL);
	json_set_text(o, "rule_id", e->rule);
	json_set_text(o, "from", e->from);
	json_set_text(o, "to", e->to);
	json_set_text(o, "symbol", e->symbol);
	json_set_text(o, "reason", e->reason);
	json_set_text(o, "owner", e->owner);
	if (e->adr)
		json_set_int(o, "adr", e->adr);
	else
		json_set(o, "adr", NULL);
	json_set_text(o, "expires", e->expires);
	return o;
}

/* ---- what the options say of new entries ---- */

static int read_day(const struct settings *set, int64_t now, int64_t *ret_end, struct err *err)
{
	int64_t days;

	*ret_end = INT64_MAX;
	if (!set->expires)
		return 0;
	if (!date_parse(set->expires, &days))
		return err_set(err, ERR_USAGE, "--expires wants a day, YYYY-MM-DD, not '%.100s'",
			       set->expires);
	*ret_end = (days + 1) * SECONDS_A_DAY;
	if (now >= *ret_end)
		return err_set(err, ERR_USAGE, "%s has passed already: nothing would be accepted",
			       set->expires);
	return 0;
}

static int check_texts(const struct settings *set, struct err *err)
{
	if (set->reason && !set->reason[strspn(set->reason, " \t")])
		return err_set(err, ERR_USAGE, "--reason says nothing");
	if (set->owner && !set->owner[strspn(set->owner, " \t")])
		return err_set(err, ERR_USAGE, "--owner names nobody");
	return 0;
}

/*
 * A circle that has grown is accepted by its new edges: what was said of the others
 * stays.  Of what is held already, all lines are said to have this reason.
 */
static int add_finding(const struct judge *j, struct change *c, const struct finding *f,
		       const struct settings *set, int64_t end, struct arena *arena,
		       struct err *err)
{
	struct baseline_entry *line;
	uint32_t n = baseline_lines(f, arena, &line);

	for (uint32_t i = 0; i < n; i++) {
		struct baseline_entry *x = &line[i], *e = !j->hold.baseline ? NULL :
			baseline_find(j->hold.baseline, x->rule, x->from, x->to, x->symbol);

		if (e && f->state == FINDING_NEW && j->hold.now < e->end)
			continue;
		if (e && j->hold.now >= e->end && !set->expires)
			return err_set(err, ERR_USAGE, "'%s' was accepted until %s: give a new day "
				       "with --expires", f->short_id, e->expires);
		x->reason = set->reason;
		x->owner = set->owner;
		x->adr = set->adr;
		x->expires = set->expires;
		x->end = end;
		push_add(c, x);
	}
	return 0;
}

/* ---- writing ---- */

/* A judgement that did not see everything is no ground to accept or to drop anything. */
static int refuse_incomplete(const struct judge *j, struct err *err)
{
	if (!j->report.incomplete)
		return 0;
	return err_set(err, ERR_INPUT, "nothing was written, for the analysis is incomplete: "
		       "%.300s", j->report.incomplete);
}

static int apply(struct judge *j, struct change *c, struct err *err)
{
	const struct baseline_edit edit = {
		.remove = c->remove, .add = c->add, .nremove = c->nremove, .nadd = c->nadd,
	};

	return baseline_edit(j->hold.file, &edit, !j->hold.baseline, &c->done, err);
}

static void json_list(struct json_out *out, const char *key, const struct baseline_entry *e,
		      uint32_t n)
{
	json_out_open(out, key, JSON_ARRAY);
	for (uint32_t i = 0; i < n; i++)
		json_out_value(out, baseline_entry_json(&e[i]));
	json_out_close(out);
}

static int write_json(const struct judge *j, const struct change *c, FILE *file, struct err *err)
{
	struct json_out out;

	json_out_init(&out, file, JSON_INDENTED);
	json_out_open(&out, NULL, JSON_OBJECT);
	json_out_int(&out, "schema", 1);
	json_out_text(&out, "baseline", j->hold.path);
	json_out_int(&out, "entries", c->done.entries);
	json_list(&out, "removed", c->remove, c->nremove - c->renamed);
	json_list(&out, "accepted", c->add, c->nadd - c->renamed);
	json_list(&out, "renamed_from", c->remove + (c->nremove - c->renamed), c->renamed);
	json_list(&out, "renamed_to", c->add + (c->nadd - c->renamed), c->renamed);
	json_out_int(&out, "changed", c->done.changed);
	json_out_int(&out, "new_findings", c->open);
	json_out_close(&out);
	return json_out_finish(&out, err);
}

static void put_list(FILE *file, const char *label, const struct baseline_entry *e, uint32_t n,
		     bool all, struct arena *arena)
{
	uint32_t most = all || n <= LISTED ? n : LISTED;

	for (uint32_t i = 0; i < most; i++) {
		fprintf(file, "%-*s", (int)MARGIN, i ? "" : label);
		text_wrap(file, baseline_entry_words(&e[i], arena), MARGIN, SCREEN);
	}
	if (most < n)
		fprintf(file, "%*s%s: --all\n", (int)MARGIN, "",
			text_count(arena, n - most, "more", "more"));
}

static void write_text(const struct judge *j, const struct change *c, bool all, FILE *file)
{
	struct arena a = ARENA_INIT;
	uint32_t removed = c->nremove - c->renamed, added = c->done.added - c->renamed;

	put_list(file, "removed", c->remove, removed, all, &a);
	put_list(file, "renamed", c->add + (c->nadd - c->renamed), c->renamed, all, &a);
	put_list(file, "accepted", c->add, c->nadd - c->renamed, all, &a);
	if (c->nremove || c->nadd)
		fputc('\n', file);
	if (c->open) {
		fprintf(file, "%-*s", (int)MARGIN, "new");
		text_wrap(file, arena_printf(&a, "%s not in it: 'meshctl analyze' shows more, "
			  "'meshctl baseline add ID --reason TEXT' or --allow-new accepts it",
			  text_count(&a, c->open, "finding is", "findings are")), MARGIN, SCREEN);
	}
	fprintf(file, "result    %s: %s, %s removed, %s added", text_escape(&a, j->hold.file),
		text_count(&a, c->done.entries, "entry", "entries"), text_number(&a, removed),
		text_number(&a, added));
	if (c->done.changed)
		fprintf(file, ", %s changed", text_number(&a, c->done.changed));
	if (c->renamed)
		fprintf(file, ", %s renamed", text_number(&a, c->renamed));
	fputs("; exit 0\n", file);
	arena_release(&a);
}

static int write_all(const struct run *run, const struct judge *j, const struct change *c,
		     struct err *err)
{
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if (strcmp(o->format, "json") != 0)
			write_text(j, c, run->set->all, o->file);
		else if (write_json(j, c, o->file, err))
			return -1;
	}
	return EXIT_CLEAN;
}

static int finish(struct run *run, struct judge *j, struct change *c, struct err *err)
{
	int rc = apply(j, c, err) ? -1 : write_all(run, j, c, err);

	free(c->remove);
	free(c->add);
	return rc;
}

/* ---- update ---- */

/* What is gone, then what has a new name. */
static void shrink(const struct judge *j, struct change *c)
{
	const struct baseline *b = j->hold.baseline;
	const struct settled_entry *state = j->hold.settled.entry;

	for (uint32_t i = 0; b && i < b->nentries; i++)
		if (state[i].state == ENTRY_FIXED)
			push_remove(c, &b->entry[i]);
	for (uint32_t i = 0; b && i < b->nentries; i++) {
		if (state[i].state != ENTRY_RENAMED)
			continue;
		push_remove(c, &b->entry[i]);
		push_add(c, &state[i].now);
		c->renamed++;
	}
}

static bool is_accepted(const struct judge *j, const struct finding *f)
{
	enum severity from = j->report.fail_on;

	if (from == SEV_OFF || from > SEV_WARNING)
		from = SEV_WARNING;
	return f->severity >= from && settle_may_hold(f->rule);
}

static int update(struct run *run, struct judge *j, struct err *err)
{
	struct change c = { 0 }, more = { 0 };
	int64_t end;

	if (read_day(run->set, j->hold.now, &end, err) || check_texts(run->set, err) ||
	    refuse_incomplete(j, err))
		return -1;
	if (!run->set->allow_new && !j->hold.baseline)
		return err_set(err, ERR_CONFIG, "there is no baseline '%.200s': --allow-new writes "
			       "one", j->hold.file);
	if (!run->set->allow_new && run->set->given & (OPT_BIT(OPT_REASON) | OPT_BIT(OPT_OWNER) |
						       OPT_BIT(OPT_ADR) | OPT_BIT(OPT_EXPIRES)))
		return err_set(err, ERR_USAGE, "without --allow-new nothing is accepted that "
			       "could have a reason");
	for (uint32_t i = 0; i < j->findings.count; i++) {
		if (!is_accepted(j, &j->findings.item[i]))
			continue;
		if (!run->set->allow_new)
			c.open++;
		else if (add_finding(j, &c, &j->findings.item[i], run->set, end, run->arena, err))
			goto fail;
	}
	shrink(j, &more);
	/* Those that were renamed are the last of both lists. */
	for (uint32_t i = 0; i < more.nremove; i++)
		push_remove(&c, &more.remove[i]);
	for (uint32_t i = 0; i < more.nadd; i++)
		push_add(&c, &more.add[i]);
	c.renamed = more.renamed;
	free(more.remove);
	free(more.add);
	return finish(run, j, &c, err);
fail:
	free(c.add);
	return -1;
}

/* ---- add ---- */

struct hit { const struct finding *finding; uint32_t count; };

static void look_among(const struct finding *list, uint32_t n, const char *digits, struct hit *hit)
{
	char own[17];

	for (uint32_t i = 0; i < n; i++) {
		snprintf(own, sizeof(own), "%016llx", (unsigned long long)list[i].fingerprint);
		if (strncmp(own, digits, strlen(digits)) != 0)
			continue;
		hit->finding = list + i;
		hit->count++;
	}
}

/* NULL and *err where there is not exactly one. */
static const struct finding *find_id(const struct judge *j, const char *id, struct err *err)
{
	const char *digits = id + (*id == '#');
	struct hit hit = { 0 };

	if (is_finding_id(id)) {
		look_among(j->findings.item, j->findings.count, digits, &hit);
		look_among(j->findings.held, j->findings.nheld, digits, &hit);
	}
	if (!hit.count)
		err_set(err, ERR_USAGE, "no finding '%.40s' in this tree: 'meshctl analyze --all' "
			"lists them", digits);
	if (hit.count > 1)
		err_set(err, ERR_USAGE, "'%.40s' begins %u findings: give more digits", digits,
			hit.count);
	return hit.count == 1 ? hit.finding : NULL;
}

static int check_finding(const struct finding *f, struct err *err)
{
	if (!settle_may_hold(f->rule))
		return err_set(err, ERR_USAGE, "'%s' cannot be accepted: a green result would hide "
			       "what %s says", f->short_id, f->rule->name);
	if (f->state == FINDING_EXCEPTED || f->state == FINDING_IGNORED)
		return err_set(err, ERR_USAGE, "'%s' is held back already, by %.200s", f->short_id,
			       f->held_by);
	return 0;
}

static int add(struct run *run, struct judge *j, struct err *err)
{
	struct change c = { 0 };
	int64_t end;

	if (!run->set->reason)
		return err_set(err, ERR_USAGE, "say why with --reason TEXT");
	if (read_day(run->set, j->hold.now, &end, err) || check_texts(run->set, err) ||
	    refuse_incomplete(j, err))
		return -1;
	for (int i = 0; i < run->noperands; i++) {
		const struct finding *f = find_id(j, run->operand[i], err);

		if (!f || check_finding(f, err) ||
		    add_finding(j, &c, f, run->set, end, run->arena, err)) {
			free(c.add);
			return -1;
		}
	}
	return finish(run, j, &c, err);
}

#define SAYS (OPT_BIT(OPT_REASON) | OPT_BIT(OPT_OWNER) | OPT_BIT(OPT_ADR) | OPT_BIT(OPT_EXPIRES))

const struct verb verb_update = {
	.name = "update", .operands = "",
	.options = SAYS | OPT_BIT(OPT_ALLOW_NEW) | OPT_BIT(OPT_ALL),
	.may_miss = true, .run = update,
};

const struct verb verb_add = {
	.name = "add", .operands = "ID...", .min_operands = 1, .max_operands = 999,
	.options = SAYS | OPT_BIT(OPT_ALL), .may_miss = true, .run = add,
};
