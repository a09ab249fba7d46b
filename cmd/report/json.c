/* SPDX-License-Identifier: MIT */
/*
 * json.c - the JSON envelope: the same shape for success, findings and errors.
 * report.schema.json is its JSON Schema; within a schema number fields are
 * only added.
 */
#include "base/json.h"
#include "cmd/report/proof.h"
#include "cmd/report/reporters.h"

#define SCHEMA_NUMBER 1

static void set_number(struct json *object, const char *key, uint32_t number)
{
	if (number)
		json_set_int(object, key, number);
	else
		json_set(object, key, NULL);
}

static void set_place(struct json *object, const struct symtab *syms, const struct span *at)
{
	json_set_text(object, "path", sym_text(syms, at->path));
	set_number(object, "line", at->line);
	set_number(object, "column", at->col);
	set_number(object, "end_column", at->end_col);
}

static struct json *related_of(const struct report *r, const struct finding *f)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < f->nrelated; i++) {
		const struct related *from = &f->related[i];
		struct json *to = json_object();

		set_place(to, r->source->syms, &from->at);
		json_set_text(to, "note", *from->note ? from->note : NULL);
		set_number(to, "lines", from->lines);
		json_push(list, to);
	}
	return list;
}

struct json *report_finding(const struct report *r, const struct finding *f)
{
	struct json *object = json_object();

	json_set_text(object, "rule", f->rule->name);
	json_set_text(object, "rule_id", f->rule->id);
	json_set_text(object, "id", f->short_id);
	json_set_text(object, "level", severity_name[f->severity]);
	json_set_text(object, "message", f->message);
	set_place(object, r->source->syms, &f->at);
	json_set_text(object, "from", f->from);
	json_set_text(object, "to", f->to);
	json_set_text(object, "symbol", f->symbol);
	json_set_text(object, "owner", f->owner);
	json_set_hex(object, "fingerprint", f->fingerprint);
	json_set_text(object, "state", finding_state_name[f->state]);
	json_set_text(object, "held_by", f->held_by);
	json_set_text(object, "why", f->why ? f->why : f->rule->why);
	json_set_text(object, "decision", f->decision);
	json_set_text(object, "fix", f->fix ? f->fix : f->rule->fix);
	json_set(object, "related", related_of(r, f));
	return object;
}

struct json *report_source(const struct source *s)
{
	struct json *object = json_object(), *platforms = json_array(), *modules = json_array();
	const struct source_rev *rev = &s->rev;

	for (uint32_t m = 0; m < s->nmodules; m++)
		json_push_text(modules, sym_text(s->syms, s->module[m].path));
	for (uint32_t c = 0; c < s->nconfigs; c++)
		json_push_text(platforms, s->config[c].name);
	json_set(object, "modules", modules);
	json_set(object, "platforms", platforms);
	json_set_text(object, "commit", rev->known && *rev->commit ? rev->commit : NULL);
	json_set_text(object, "branch", rev->known && *rev->branch ? rev->branch : NULL);
	if (rev->known && !rev->staged)
		json_set_bool(object, "clean", rev->clean);
	else
		json_set(object, "clean", NULL);
	if (rev->staged)
		json_set_bool(object, "staged", true);
	return object;
}

static struct json *rules_of(const struct report *r)
{
	struct json *list = json_array();

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		struct json *rule = json_object();
		const char *silence = proof_silence(r, i);
		uint32_t found = 0, held = 0;

		for (uint32_t n = 0; n < r->findings->count; n++)
			found += r->findings->item[n].rule == &rule_rows[i];
		for (uint32_t n = 0; n < r->findings->nheld; n++)
			held += r->findings->held[n].rule == &rule_rows[i];
		json_set_text(rule, "rule", rule_rows[i].name);
		json_set_text(rule, "rule_id", rule_rows[i].id);
		json_set_bool(rule, "ran", r->ran->ran[i]);
		json_set_int(rule, "judged", (int64_t)r->ran->judged[i]);
		json_set_int(rule, "findings", found);
		json_set_int(rule, "held", held);
		json_set_text(rule, "silent_because", silence);
		json_push(list, rule);
	}
	return list;
}

static uint64_t most_judged(const struct report *r)
{
	uint64_t most = 0;

	for (unsigned i = 0; i < RULE_COUNT; i++)
		most = r->ran->judged[i] > most ? r->ran->judged[i] : most;
	return most;
}

static struct json *problems_of(const struct source *s)
{
	static const char *const kind[] = {
		[PROBLEM_DIR] = "folder", [PROBLEM_LIMIT] = "limit", [PROBLEM_GOMOD] = "go.mod",
		[PROBLEM_WORK_USE] = "go.work", [PROBLEM_REPLACE] = "replace",
	};
	struct json *list = json_array();

	for (uint32_t i = 0; i < s->nproblems; i++) {
		struct json *object = json_object();

		json_set_text(object, "kind", kind[s->problem[i].kind]);
		set_place(object, s->syms, &s->problem[i].at);
		json_set_text(object, "message", sym_text(s->syms, s->problem[i].text));
		json_push(list, object);
	}
	return list;
}

/* Of files that were read to their ends; NULL when none was. */
static struct json *bodies_of(const struct proof *p)
{
	struct json *object;

	if (!p->bodies)
		return NULL;
	object = json_object();
	json_set_int(object, "files", p->bodies);
	json_set_int(object, "degraded", p->bodies_broken);
	json_set_int(object, "selectors", (int64_t)p->selectors);
	json_set_int(object, "resolved", (int64_t)p->resolved);
	return object;
}

static struct json *decisions_of_proof(const struct proof *p)
{
	struct json *object = json_object();

	json_set_int(object, "records", p->records);
	json_set_int(object, "unreadable", p->records_bad);
	return object;
}

struct json *report_proof(const struct report *r)
{
	const struct source_stats *st = &r->source->stats;
	struct json *object = json_object();
	struct proof p;

	proof_count(r, &p);
	json_set_int(object, "parsed", p.parsed);
	json_set_int(object, "degraded", p.degraded);
	json_set_int(object, "skipped", p.skipped);
	json_set_int(object, "packages", p.packages);
	json_set_int(object, "mapped", p.mapped);
	json_set_int(object, "edges", p.edges);
	json_set_int(object, "judged", (int64_t)most_judged(r));
	json_set(object, "rules", rules_of(r));
	json_set_int(object, "files", r->source->nfiles);
	json_set_int(object, "lines", (int64_t)p.lines);
	json_set_int(object, "imports", p.imports);
	json_set_int(object, "imports_inside", p.inside);
	json_set(object, "bodies", bodies_of(&p));
	if (p.decided && (p.records || p.records_bad))
		json_set(object, "decisions", decisions_of_proof(&p));
	json_set_int(object, "generated", st->generated);
	json_set_int(object, "tests", st->tests);
	json_set_int(object, "in_no_configuration", st->in_no_config);
	json_set_int(object, "modules_left_out", st->left_out_modules);
	json_set_int(object, "symlinks_skipped", st->symlinks);
	json_set_int(object, "folders_ignored", st->ignored_dirs);
	if (st->repositories)
		json_set_int(object, "repositories_left_out", st->repositories);
	json_set_int(object, "findings_dropped", (int64_t)r->findings->dropped);
	json_set(object, "problems", problems_of(r->source));
	return object;
}

static int write_json(const struct report *r, FILE *out, struct err *err)
{
	struct json_out j;
	struct err finish = ERR_INIT;
	int rc = 0;

	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", SCHEMA_NUMBER);
	json_out_text(&j, "command", r->command);
	json_out_int(&j, "status", r->status);
	json_out_text(&j, "incomplete", r->incomplete);
	json_out_member(&j, "source", r->error ? NULL : report_source(r->source));
	json_out_open(&j, "findings", JSON_ARRAY);
	for (uint32_t i = 0; !r->error && i < r->findings->count; i++)
		json_out_value(&j, report_finding(r, &r->findings->item[i]));
	for (uint32_t i = 0; !r->error && i < r->findings->nheld; i++)
		json_out_value(&j, report_finding(r, &r->findings->held[i]));
	json_out_close(&j);
	if (r->members && !r->error)
		rc = r->members(r, &j, r->ctx, err);
	json_out_member(&j, "proof", r->error ? NULL : report_proof(r));
	json_out_text(&j, "error", r->error);
	json_out_close(&j);
	if (json_out_finish(&j, &finish) && !rc) {
		*err = finish;
		rc = -1;
	}
	return rc;
}

const struct reporter reporter_json = {
	.name = "json", .summary = "one object: findings, proof of work, error",
	.tells_failure = true, .write = write_json,
};
