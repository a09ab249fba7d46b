/* SPDX-License-Identifier: MIT */
/* mesh_lint.c - meshctl mesh lint: manifests against their schemas, each other and the code. */
#include "analyzers/mesh/match.h"
#include "analyzers/mesh/schema.h"
#include "base/text.h"
#include "cmd/judge.h"
#include "cmd/report/reporters.h"
#include "cmd/report/text.h"
#include "cmd/subcommand.h"
#include "graph/source/manifests/manifests.h"

#include <string.h>

#define KINDS_MAX 12u                   /* that the screen names */

struct lint {
	const struct manifests *m;
	const char *dir;
	bool pick;                      /* --rule chose */
	const struct services *services;        /* of the code; NULL = no rule asks for them */
	struct mesh_match match;
	uint32_t workloads;             /* in the manifests */
};

struct kind_count { const char *api, *kind; uint32_t count, row; };

static int by_kind(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct kind_count *a = va, *b = vb;
	int c = strcmp(a->kind, b->kind);

	return c ? c : strcmp(a->api, b->api);
}

static int by_count(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct kind_count *a = va, *b = vb;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return by_kind(va, vb, NULL);
}

/* Every kind once, the most frequent first. */
static uint32_t count_kinds(const struct manifests *m, struct arena *a, struct kind_count **ret)
{
	struct kind_count *list = arena_array(a, struct kind_count, m->count + 1);
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->count; i++)
		list[i] = (struct kind_count){ m->item[i].api, m->item[i].kind, 1, 0 };
	sort_with(list, m->count, sizeof(*list), by_kind, NULL);
	for (uint32_t i = 0; i < m->count; i++) {
		if (n && !by_kind(&list[n - 1], &list[i], NULL)) {
			list[n - 1].count++;
			continue;
		}
		list[n] = list[i];
		list[n].row = schema_find(list[i].api, list[i].kind);
		n++;
	}
	sort_with(list, n, sizeof(*list), by_count, NULL);
	*ret = list;
	return n;
}

static const char *kind_words(const struct kind_count *list, uint32_t n, bool known, bool all,
			      struct arena *a)
{
	const char *text = "";
	uint32_t shown = 0, left = 0;

	for (uint32_t i = 0; i < n; i++) {
		if ((list[i].row != SCHEMA_NO_KIND) != known)
			continue;
		if (shown >= KINDS_MAX && !all) {
			left++;
			continue;
		}
		text = arena_printf(a, "%s%s%s %s", text, shown++ ? ", " : "",
				    text_number(a, list[i].count),
				    text_cut(a, text_escape(a, list[i].kind), 60));
	}
	return left ? arena_printf(a, "%s, %u more kinds", text, left) : text;
}

static const char *unread_words(const struct manifests *m, struct arena *a)
{
	const char *text = "";

	if (m->templates)
		text = arena_printf(a, "%s: run `helm template`", text_count(a, m->templates,
			"template that is not rendered", "templates that are not rendered"));
	if (m->nproblems)
		text = arena_printf(a, "%s%s%s", text, *text ? "; " : "",
				    text_count(a, m->nproblems, "broken document",
					       "broken documents"));
	return text;
}

static const char *where_words(const struct lint *l, struct arena *a)
{
	const char *files = text_count(a, l->m->files, "file", "files");

	if (!strcmp(l->dir, SESSION_STDIN))
		return "on standard input";
	return !strcmp(l->dir, ".") ? arena_printf(a, "in %s", files) :
	       arena_printf(a, "in %s of '%s'", files, text_cut(a, text_escape(a, l->dir), 60));
}

/* "3 of 4 services of the Go code run here, in 3 of 5 workloads" */
static const char *match_words(const struct lint *l, struct arena *a)
{
	if (!l->services->count)
		return "no service was found in the Go code: no program listens on anything";
	return arena_printf(a, "%s of %s of the Go code %s here, in %s of %s",
			    text_number(a, l->match.matched),
			    text_count(a, l->services->count, "service", "services"),
			    l->match.matched == 1 ? "runs" : "run",
			    text_number(a, l->match.workloads),
			    text_count(a, l->workloads, "workload", "workloads"));
}

static int blocks(const struct report *r, FILE *out, void *ctx, struct err *err UNUSED)
{
	const struct lint *l = ctx;
	const struct manifests *m = l->m;
	struct arena a = ARENA_INIT;
	struct kind_count *list;
	uint32_t n = count_kinds(m, &a, &list);
	const char *strange = kind_words(list, n, false, r->all, &a), *text = "";
	const char *known = kind_words(list, n, true, r->all, &a);

	text_block(r, out, "manifests", arena_printf(&a, "%s of %s %s, %s%s%s",
		text_number(&a, m->count), text_count(&a, m->documents, "document", "documents"),
		where_words(l, &a), text_count(&a, n, "kind", "kinds"), *known ? ": " : "", known));
	for (uint32_t i = 0; i < nschema_versions; i++)
		text = arena_printf(&a, "%s%s%s (%s)", text, i ? ", " : "",
				    schema_versions[i].what, schema_versions[i].version);
	text_block(r, out, "schemas", text);
	if (*strange)
		text_block(r, out, "unjudged",
			   arena_printf(&a, "no schema here knows: %s", strange));
	if (m->templates || m->nproblems)
		text_block(r, out, "not read", unread_words(m, &a));
	if (!r->source->nfiles)
		text_block(r, out, "code",
			   "there is no Go file: the manifests were held against each other alone");
	else if (l->services)
		text_block(r, out, "code", match_words(l, &a));
	fputc('\n', out);
	arena_release(&a);
	return 0;
}

static int members(const struct report *r UNUSED, struct json_out *out, void *ctx,
		   struct err *err UNUSED)
{
	const struct manifests *m = ((const struct lint *)ctx)->m;
	struct json *o = json_object(), *versions = json_object(), *kinds = json_array();
	struct arena a = ARENA_INIT;
	struct kind_count *list;
	uint32_t n = count_kinds(m, &a, &list);

	json_set_int(o, "manifests", m->count);
	json_set_int(o, "documents", m->documents);
	json_set_int(o, "files", m->files);
	json_set_int(o, "templates", m->templates);
	json_set_int(o, "broken", m->nproblems);
	for (uint32_t i = 0; i < n; i++) {
		struct json *k = json_object();

		json_set_text(k, "api", list[i].api);
		json_set_text(k, "kind", list[i].kind);
		json_set_int(k, "count", list[i].count);
		json_set_bool(k, "schema", list[i].row != SCHEMA_NO_KIND);
		json_push(kinds, k);
	}
	json_set(o, "kinds", kinds);
	for (uint32_t i = 0; i < nschema_versions; i++)
		json_set_text(versions, schema_versions[i].what, schema_versions[i].version);
	json_set(o, "schemas", versions);
	if (((const struct lint *)ctx)->services) {
		const struct lint *l = ctx;
		struct json *code = json_object();

		json_set_int(code, "services", l->services->count);
		json_set_int(code, "matched", l->match.matched);
		json_set_int(code, "workloads", l->workloads);
		json_set_int(code, "workloads_matched", l->match.workloads);
		json_set(o, "code", code);
	}
	json_out_member(out, "manifests", o);
	arena_release(&a);
	return 0;
}

static int choose(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	struct lint *l = ctx;

	l->pick = run->set->rules.count || run->set->rule_tags.count;
	if (l->pick)
		return judge_rules(run->set, j->session.policy, run->arena, &j->chosen, err);
	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->chosen.has[i] = (analyzer_of(i)->needs & FACT_MANIFESTS) &&
				   (run->set->all_rules ||
				    policy_rule_level(j->session.policy, &rule_rows[i]) != SEV_OFF);
	return 0;
}

/* Manifests may have a folder, and a repository, of their own. */
static bool has_go_here(const struct source *s)
{
	for (uint32_t d = 0; d < s->ndirs; d++)
		if (s->dir[d].flags & DIR_REPORTED && s->dir[d].nfiles)
			return true;
	return false;
}

/* The services once, for the rules and for the screen. */
static int find_services(const struct run *run, struct judge *j, struct lint *l, struct err *err)
{
	const struct analyzer *asks = analyzer_of(RULE_PROBE_ROUTE);
	struct services *found = arena_new(run->arena, struct services);
	struct analysis given = judge_analysis(j);
	struct arena scratch = ARENA_INIT;
	struct objects o;
	bool chosen = false;
	int rc;

	for (unsigned i = 0; i < RULE_COUNT; i++)
		chosen |= j->chosen.has[i] && analyzer_of(i) == asks;
	if (!chosen || !l->m->count || !j->session.source->nfiles)
		return 0;
	given.scratch = &scratch;
	rc = services_find(&given, run->arena, found, err);
	arena_release(&scratch);
	if (rc)
		return -1;
	objects_init(l->m, run->arena, &o);
	mesh_match(&o, found, run->arena, &l->match);
	l->workloads = o.of[OBJECT_WORKLOAD].count;
	l->services = j->services = found;
	return 0;
}

static int judge(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	static const struct manifests none;
	struct lint *l = ctx;

	l->m = j->session.manifests ? j->session.manifests : &none;
	if (l->m->cut)
		return err_set(err, ERR_INPUT, "more documents than the limit %s in '%s'",
			       l->m->cut, l->dir);
	if (!l->m->count && l->m->nloose && l->m->nloose == l->m->templates &&
	    !l->m->nproblems && !l->m->ncollectors && !l->m->nvalues)
		return err_set(err, ERR_INPUT, "no manifests in '%s', but %s", l->dir,
			       text_count(run->arena, l->m->nloose,
					  "template that is not rendered",
					  "templates that are not rendered"));
	if (!l->m->count && !l->m->nproblems && !l->m->templates && !l->m->ncollectors)
		return err_set(err, ERR_INPUT, !strcmp(l->dir, SESSION_STDIN) ?
			       "no manifests on standard input" : "no manifests in '%s'", l->dir);
	if (find_services(run, j, l, err))
		return -1;
	const struct analysis given = judge_analysis(j);

	j->report.beside_go = !has_go_here(j->session.source);
	j->report.blocks = blocks;
	j->report.members = members;
	return analyzers_run(&j->chosen, &given, &j->ran, err);
}

/* To be pasted: in single quotes where the shell would make more of the folder. */
static const char *again_words(const struct run *run, const char *dir)
{
	static const char plain[] = "-_./+:@0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz";

	if (!strcmp(dir, "."))
		return "meshctl mesh lint";
	if (!dir[strspn(dir, plain)])
		return arena_printf(run->arena, "meshctl mesh lint %s", dir);
	return strchr(dir, '\'') ? "meshctl mesh lint DIR" :
	       arena_printf(run->arena, "meshctl mesh lint '%s'", text_escape(run->arena, dir));
}

static int run(struct run *run, struct err *err)
{
	struct lint lint = { .dir = run->noperands ? run->operand[0] : "." };
	const struct judge_steps steps = {
		.command = "mesh", .choose = choose, .judge = judge, .manifests = lint.dir,
		.warnings_fail = true, .again = again_words(run, lint.dir), .ctx = &lint,
	};
	struct run own = *run;
	int rc;

	own.noperands = 0;              /* DIR is no pattern of packages */
	rc = judge_command(&own, &steps, err);
	run->told = own.told;
	return rc;
}

const struct subcommand mesh_lint = {
	.name = "lint",
	.summary = "manifests against their schemas, each other and the code",
	.operands = "[DIR|FILE|-]", .min_operands = 0, .max_operands = 1,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_ALL) |
		   OPT_BIT(OPT_RULE) | OPT_BIT(OPT_TAG) | OPT_BIT(OPT_ALL_RULES) |
		   OPT_BIT(OPT_OWNER) | OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_SHOW_SUPPRESSED) | OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) |
		   OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = reporter_names, .run = run,
};
