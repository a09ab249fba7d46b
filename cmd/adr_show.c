/* SPDX-License-Identifier: MIT */
/*
 * adr_show.c - meshctl adr show: a record, the rules that enforce it, what violates them,
 * and what the policy and the baseline excuse in its name.
 */
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "cmd/adr.h"
#include "cmd/judge.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/subcommand.h"

#include <string.h>

#define SCREEN 100u
#define INDENT 14u
#define SHOWN 5u                        /* findings, unless --all */

struct show {
	const struct run *run;
	const struct adr_desk *desk;
	const struct adr *r;
	struct judge *j;
	struct arena *arena;
	uint32_t live, held, entries;
};

static bool enforces(const struct show *s, const struct rule *rule)
{
	const struct policy_rule *p = policy_rule_find(s->j->session.policy, rule);

	return s->r->number && p && p->adr.value == s->r->number;
}

static void count(struct show *s)
{
	const struct findings *f = &s->j->findings;
	const struct baseline *b = s->j->hold.baseline;

	for (uint32_t i = 0; i < f->count; i++)
		s->live += enforces(s, f->item[i].rule);
	for (uint32_t i = 0; i < f->nheld; i++)
		s->held += f->held[i].state == FINDING_BASELINED && enforces(s, f->held[i].rule);
	for (uint32_t i = 0; b && i < b->nentries; i++)
		s->entries += s->r->number && b->entry[i].adr == s->r->number;
}

static void head(FILE *out, const char *word)
{
	fprintf(out, "%-*s", (int)INDENT, word);
}

/* ---- text ---- */

static void put_title(const struct show *s, FILE *out, bool color)
{
	const struct adr *r = s->r;
	const char *label = adr_label(r, s->arena);

	fprintf(out, "%s%s%s  ", paint_on(color, PAINT_BOLD), text_escape(s->arena, label),
		paint_off(color));
	text_wrap_from(out, text_escape(s->arena, r->title.text), text_width(label) + 2,
		       (unsigned)text_width(label) + 2, SCREEN);
	head(out, "status");
	fprintf(out, "%s%s%s\n", adr_status_shown(r, s->arena), *r->date.text ? ", " : "",
		text_escape(s->arena, r->date.text));
	head(out, "file");
	fprintf(out, "%s (%s)\n", text_escape(s->arena, adr_typed(s->desk, r->path, s->arena)),
		adr_format_name[r->format]);
}

static bool names(const struct adr *r, uint32_t other)
{
	for (uint32_t i = 0; i < r->nlinks; i++)
		if (r->link[i].record == other && r->link[i].relation != ADR_REFERS)
			return true;
	return false;
}

static void put_links(const struct show *s, FILE *out)
{
	const struct adrs *all = &s->desk->all;

	for (uint32_t i = 0; i < s->r->nlinks; i++) {
		const struct adr_link *l = &s->r->link[i];
		const struct adr *to = l->record == ADR_NONE ? NULL : &all->item[l->record];

		head(out, adr_relation_name[l->relation]);
		fprintf(out, "%s\n", text_escape(s->arena, to ? arena_printf(s->arena,
			"%s \"%s\"", adr_label(to, s->arena), to->title.text) :
			arena_printf(s->arena, "%s%s", l->target, l->broken ? ", not there" : "")));
	}
	/* What others say of it, where it does not say so itself. */
	for (uint32_t i = 0; all->item && i < all->count; i++)
		for (uint32_t k = 0; k < all->item[i].nlinks; k++) {
			const struct adr_link *l = &all->item[i].link[k];

			if (l->record == ADR_NONE || &all->item[l->record] != s->r ||
			    l->relation == ADR_REFERS || names(s->r, i))
				continue;
			head(out, "named by");
			fprintf(out, "%s: %s\n", text_escape(s->arena,
				adr_label(&all->item[i], s->arena)),
					adr_relation_name[l->relation]);
		}
}

static void put_rules(const struct show *s, FILE *out)
{
	const struct policy *p = s->j->session.policy;
	uint32_t rules = 0;

	for (uint32_t i = 0; i < p->nrules; i++) {
		if (!enforces(s, p->rule[i].rule))
			continue;
		head(out, rules++ ? "" : "enforced by");
		fprintf(out, "%s, %s  (%s)\n", p->rule[i].rule->name,
			severity_name[policy_rule_level(p, p->rule[i].rule)],
			policy_pos_text(p->rule[i].at, s->arena));
	}
	if (!rules) {
		head(out, "enforced by");
		fputs("no rule: the policy's 'rules' may name it with 'adr:'\n", out);
		return;
	}
	head(out, "violations");
	fprintf(out, "%u new, %u that the baseline still excuses\n", s->live, s->held);
}

static void put_excuses(const struct show *s, FILE *out)
{
	const struct policy *p = s->j->session.policy;

	for (uint32_t i = 0; i < p->nexceptions; i++) {
		const struct policy_exception *x = &p->exception[i];

		if (!s->r->number || x->adr.value != s->r->number)
			continue;
		head(out, "exception");
		fprintf(out, "%s -> %s%s%s  (%s)\n", text_escape(s->arena, x->from.text),
			text_escape(s->arena, x->to.text), x->expires.text ? " until " : "",
			x->expires.text ? x->expires.text : "",
			policy_pos_text(x->at, s->arena));
	}
	if (s->entries) {
		head(out, "baseline");
		fprintf(out, "%s in its name: meshctl baseline status\n",
			text_count(s->arena, s->entries, "entry", "entries"));
	}
}

static void put_findings(const struct show *s, FILE *out)
{
	const struct findings *f = &s->j->findings;
	uint32_t shown = 0;

	for (uint32_t i = 0; i < f->count; i++) {
		const struct finding *x = &f->item[i];

		if (!enforces(s, x->rule))
			continue;
		if (shown++ >= SHOWN && !s->run->set->all)
			continue;
		const char *path = sym_text(s->j->session.source->syms, x->at.path);

		fprintf(out, "%s%s:%u:%u: %s: %s [%s #%s]\n", shown == 1 ? "\n" : "",
			text_escape(s->arena, path), x->at.line, x->at.col,
			severity_name[x->severity], text_escape(s->arena, x->message),
			x->rule->name, x->short_id);
	}
	if (shown > SHOWN && !s->run->set->all)
		fprintf(out, "%u more: --all\n", shown - SHOWN);
}

static void put_text(const struct show *s, FILE *out, bool color)
{
	put_title(s, out, color);
	put_links(s, out);
	put_rules(s, out);
	put_excuses(s, out);
	put_findings(s, out);
}

/* ---- json ---- */

static int put_json(const struct show *s, FILE *out, struct err *err)
{
	const struct policy *p = s->j->session.policy;
	const struct findings *f = &s->j->findings;
	struct json_out j;

	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_member(&j, "record", adr_json(&s->desk->all, s->r));
	json_out_open(&j, "rules", JSON_ARRAY);
	for (uint32_t i = 0; i < p->nrules; i++)
		if (enforces(s, p->rule[i].rule)) {
			struct json *o = json_object();

			json_set_text(o, "rule", p->rule[i].rule->id);
			json_set_text(o, "name", p->rule[i].rule->name);
			json_set_text(o, "level",
				      severity_name[policy_rule_level(p, p->rule[i].rule)]);
			json_out_value(&j, o);
		}
	json_out_close(&j);
	json_out_open(&j, "findings", JSON_ARRAY);
	for (uint32_t i = 0; i < f->count; i++)
		if (enforces(s, f->item[i].rule))
			json_out_value(&j, report_finding(&s->j->report, &f->item[i]));
	json_out_close(&j);
	json_out_int(&j, "baselined", s->held);
	json_out_int(&j, "baseline_entries", s->entries);
	json_out_open(&j, "exceptions", JSON_ARRAY);
	for (uint32_t i = 0; i < p->nexceptions; i++) {
		const struct policy_exception *x = &p->exception[i];
		struct json *o;

		if (!s->r->number || x->adr.value != s->r->number)
			continue;
		o = json_object();
		json_set_text(o, "from", x->from.text);
		json_set_text(o, "to", x->to.text);
		json_set_text(o, "expires", x->expires.text);
		json_set_int(o, "line", x->at.line);
		json_out_value(&j, o);
	}
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

/* ---- the run ---- */

static int choose(const struct run *run UNUSED, struct judge *j, void *ctx, struct err *err UNUSED)
{
	struct show *s = ctx;

	s->j = j;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->chosen.has[i] = enforces(s, &rule_rows[i]);
	return 0;
}

static int show(struct run *run, struct show *s, struct err *err)
{
	const struct judge_steps steps = {
		.command = "adr", .choose = choose, .ctx = s,
		.may_miss_baseline = true, .decisions = &s->desk->all,
	};
	struct judge *j = arena_new(run->arena, struct judge);
	struct run whole = *run;
	int rc;

	whole.noperands = 0;
	rc = judge_run(&whole, &steps, j, err);
	s->j = j;
	if (!rc)
		count(s);
	for (unsigned i = 0; !rc && i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if (!strcmp(o->format, "json"))
			rc = put_json(s, o->file, err);
		else
			put_text(s, o->file, o->color);
	}
	judge_release(j, run->set);
	return rc;
}

static int run(struct run *run, struct err *err)
{
	struct show s = { .run = run, .arena = run->arena };
	struct adr_desk d;
	uint32_t at;
	int rc = adr_open(run, &d, err);

	if (rc)
		return rc;
	s.desk = &d;
	rc = adr_named(&d, run->operand[0], &at, err);
	if (!rc) {
		s.r = &d.all.item[at];
		rc = show(run, &s, err);
	}
	adr_close(&d);
	return rc ? -1 : EXIT_CLEAN;
}

static const char *const formats[] = { "text", "json", NULL };

const struct subcommand adr_show = {
	.name = "show", .summary = "a record, its rules, and what violates them",
	.operands = "RECORD", .min_operands = 1, .max_operands = 1,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_QUIET),
	.formats = formats, .run = run,
};
