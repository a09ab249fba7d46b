/* SPDX-License-Identifier: MIT */
/*
 * cmd_init.c - meshctl init: a policy and a baseline from the code as it is, so
 * that the first run is green and every later one can only get better.
 */
#include "analyzers/policy/baseline.h"
#include "analyzers/propose.h"
#include "base/replace.h"
#include "base/text.h"
#include "cmd/judge.h"
#include "graph/source/tree.h"
#include "templates/policy_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ATTRIBUTES ".gitattributes"
#define ATTRIBUTES_LINE BASELINE_FILE " merge=union"
#define ATTRIBUTES_MAX 1048576u
#define MARGIN 17u                      /* of what stands behind a label */
#define SCREEN 100u

struct made {
	struct proposal proposal;
	const char *text;               /* of the policy */
	struct session before;          /* without the policy */
	uint32_t entries, held;         /* lines of the baseline, findings in it */
	uint32_t by_rule[RULE_COUNT];   /* of held */
	uint32_t broken, unmapped;
	uint32_t left, left_errors;     /* that no baseline accepts */
	bool attributes;                /* one line added */
	enum exit_status status;
	const char *incomplete;
};

static int refuse_existing(const struct settings *set, struct err *err)
{
	static const char *const files[] = { POLICY_FILE, BASELINE_FILE };

	for (unsigned i = 0; i < ARRAY_SIZE(files) && !set->force; i++)
		if (!access(files[i], F_OK))
			return err_set(err, ERR_USAGE, "'%s' is there: --force replaces it",
				       files[i]);
	return 0;
}

static int put_file(const char *path, const char *text, struct arena *arena, struct err *err)
{
	struct replace r;
	int rc;

	if (replace_begin(path, arena, &r, err))
		return -1;
	rc = replace_put(&r, text, strlen(text), err);
	replace_end(&r);
	return rc;
}

/* A line that says something of the baseline; a comment that names it does not. */
static bool has_attributes(const char *text)
{
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += strspn(line, "\r\n \t/");
		if (!strncmp(line, BASELINE_FILE, strlen(BASELINE_FILE)))
			return true;
	}
	return false;
}

/* Two branches that both change the baseline merge line by line. */
static int put_attributes(struct made *m, struct arena *arena, struct err *err)
{
	const char *text = NULL;
	struct replace r;
	size_t len = 0;
	int rc;

	if (replace_begin(ATTRIBUTES, arena, &r, err))
		return -1;
	rc = replace_read(&r, ATTRIBUTES_MAX, arena, &text, &len, err);
	if (!rc && !has_attributes(text)) {
		bool open = text && len && text[len - 1] != '\n';
		const char *all = arena_printf(arena, "%s%s" ATTRIBUTES_LINE "\n",
					       text ? text : "", open ? "\n" : "");

		rc = replace_put(&r, all, strlen(all), err);
		m->attributes = !rc;
	}
	replace_end(&r);
	return rc;
}

/* The folder that we are in, as paths of the source are. */
static int own_folder(const struct source *s, struct arena *arena, const char **ret,
		      struct err *err)
{
	char *here = realpath(".", NULL);
	const char *below = here ? path_below(here, s->root) : NULL;

	if (!here)
		return err_set(err, ERR_SYSTEM, "cannot tell the current folder: %s",
			       strerror(errno));
	*ret = below ? arena_strdup(arena, below) : "";
	free(here);
	return 0;
}

/* On success the session stays open: the proposal's texts are its own. */
static int write_policy(struct run *run, struct made *m, struct err *err)
{
	const struct session_wish wish = { .lines = true, .rev = true, .graph = true,
					   .no_policy = true };
	struct session *s = &m->before;
	const struct policy *check;
	const char *folder = "";

	if (session_open(run, &wish, s, err))
		return -1;
	if (!s->graph->npkgs)
		return err_set(err, ERR_INPUT, "there is no Go package here to write a policy for");
	if (own_folder(s->source, run->arena, &folder, err))
		return -1;
	propose(s->source, s->graph, folder, &s->arena, &m->proposal);
	m->text = policy_file_text(&m->proposal, BASELINE_FILE, run->arena);
	if (policy_read(POLICY_FILE, m->text, strlen(m->text), run->arena, &check, NULL, err))
		return err_wrap(err, "the proposed policy cannot be read back");
	return put_file(POLICY_FILE, m->text, run->arena, err);
}

/* Info is not worth a line; what cannot be read no baseline accepts. */
static bool is_accepted(const struct finding *f)
{
	return f->severity >= SEV_WARNING && settle_may_hold(f->rule);
}

static int put_baseline(const struct findings *found, struct made *m, struct arena *arena,
			struct err *err)
{
	struct baseline b = { .path = BASELINE_FILE, .arena = arena };
	uint32_t cap = 0;
	int rc;

	for (uint32_t i = 0; i < found->count; i++) {
		struct baseline_entry *line;
		uint32_t n;

		if (!is_accepted(&found->item[i])) {
			m->left += found->item[i].severity >= SEV_WARNING;
			m->left_errors += found->item[i].severity >= SEV_ERROR;
			continue;
		}
		m->held++;
		m->by_rule[found->item[i].rule - rule_rows]++;
		n = baseline_lines(&found->item[i], arena, &line);
		VEC_RESERVE(b.entry, cap, b.nentries + n);
		if (n && b.entry)
			memcpy(&b.entry[b.nentries], line, n * sizeof(*line));
		b.nentries += n;
	}
	m->entries = b.nentries;
	rc = baseline_write(&b, err);
	free(b.entry);
	return rc;
}

/* Judges by the policy that was just written; all that it finds is accepted. */
static int write_baseline(struct run *run, struct made *m, struct err *err)
{
	const struct judge_steps steps = { .command = "init" };
	const struct findings none = { .count = 0 };
	struct settings set = *run->set;
	struct run again = *run;
	struct judge j;
	int rc;

	/* The policy asks for a baseline: there is one from now on. */
	if (put_baseline(&none, m, run->arena, err))
		return -1;
	set.fail_on = SEV_OFF;
	set.given |= OPT_BIT(OPT_FAIL_ON);
	again.set = &set;
	rc = judge_run(&again, &steps, &j, err);
	if (!rc) {
		m->incomplete = j.report.incomplete;
		m->broken = j.session.source->stats.degraded + j.session.source->stats.unreadable;
		m->unmapped = j.session.mapping ? j.session.mapping->unmapped : 0;
		rc = put_baseline(&j.findings, m, run->arena, err);
		m->status = j.report.status;
		if (m->status == EXIT_CLEAN && m->left_errors)
			m->status = EXIT_FINDINGS;
	}
	judge_release(&j, run->set);
	return rc;
}

static void line_of(FILE *out, const char *label, const char *text)
{
	fprintf(out, "  %-13s", label);
	text_wrap_from(out, text, 2 + 13, MARGIN - 2, SCREEN);
}

static const char *names(const struct proposed_folders *f, struct arena *a)
{
	const char *text = "";
	uint32_t shown = f->count <= 9 ? f->count : 8;

	for (uint32_t i = 0; i < shown; i++)
		text = arena_printf(a, "%s%s%s", text, i ? " " : "",
				    text_escape(a, f->item[i].folder));
	return shown < f->count ? arena_printf(a, "%s and %u more", text, f->count - shown) : text;
}

static void print_starter(const struct proposal *p, FILE *out, struct arena *a)
{
	const char *text = "", *sep = "";
	uint32_t layered = 0;

	if (!p->starter) {
		line_of(out, "starter", "none knows the folders here: name the layers yourself");
		return;
	}
	layered = p->layered[p->starter - starter_rows];
	line_of(out, "starter", arena_printf(a, "%s: layers for %s of %s", p->starter->name,
		text_number(a, layered), text_count(a, p->packages, "package", "packages")));
	for (uint32_t i = 0; i < p->policy->nlayers; i++) {
		if (!p->layer_packages[i])
			continue;
		text = arena_printf(a, "%s%s%s %s", text, sep, p->policy->layer[i].name,
				    text_number(a, p->layer_packages[i]));
		sep = ", ";
	}
	line_of(out, "layers", text);
	text = "";
	sep = "";
	for (uint32_t i = 0; p->nplaced && i < p->policy->nlayers; i++) {
		if (!p->placed[i].count)
			continue;
		text = arena_printf(a, "%s%s%s %s", text, sep, p->policy->layer[i].name,
				    text_number(a, p->placed[i].count));
		sep = ", ";
	}
	if (p->nplaced)
		line_of(out, "by imports", text);
}

static void print_contexts(const struct proposal *p, FILE *out, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = 0; i < p->ncontexts; i++)
		text = arena_printf(a, "%s%s%s", text, i ? " " : "",
				    text_escape(a, p->context[i].name));
	if (p->ncontexts)
		line_of(out, "contexts", arena_printf(a, "%s (%s, %s)", text,
			text_count(a, p->in_contexts, "package", "packages"),
			p->starter_contexts ? "by the starter" : "guessed from names"));
}

static void print_folders(const struct made *m, FILE *out, struct arena *a)
{
	const struct proposal *p = &m->proposal;

	if (p->main.count)
		line_of(out, "main", names(&p->main, a));
	if (p->shared.count)
		line_of(out, "shared", arena_printf(a, "%s (no I/O behind them)",
						    names(&p->shared, a)));
	if (p->not_shared.count)
		line_of(out, "not shared", arena_printf(a,
			"%s (they reach I/O, a layer or a context)",
							names(&p->not_shared, a)));
	if (p->exclude.count)
		line_of(out, "excluded", arena_printf(a, "%s: cannot be read", names(&p->exclude,
			a)));
	if (m->unmapped)
		line_of(out, "unmapped", arena_printf(a,
			"%s; a new one is a warning, these may stay",
			text_count(a, m->unmapped, "package", "packages")));
}

static void print_held(const struct made *m, FILE *out, struct arena *a)
{
	const char *text = "", *sep = ": ";

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		if (!m->by_rule[i])
			continue;
		text = arena_printf(a, "%s%s%s %s", text, sep, text_number(a, m->by_rule[i]),
				    rule_rows[i].name);
		sep = ", ";
	}
	fprintf(out, "%-25s", BASELINE_FILE);
	text_wrap_from(out, arena_printf(a, "written, %s%s",
		text_count(a, m->held, "finding", "findings"), text), 25, 25, SCREEN);
	if (m->attributes)
		fprintf(out, "%-25sone line added: merge=union for the baseline\n", ATTRIBUTES);
}

static void print_screen(const struct made *m, FILE *out, struct arena *a)
{
	const struct source *s = m->before.source;
	uint32_t lines = 0;

	for (const char *p = m->text; *p; p++)
		lines += *p == '\n';
	fprintf(out, "%-25swritten, %s, every guess has a comment\n", POLICY_FILE,
		text_count(a, lines, "line", "lines"));
	print_starter(&m->proposal, out, a);
	print_contexts(&m->proposal, out, a);
	print_folders(m, out, a);
	print_held(m, out, a);
	fprintf(out, "\nfrom here on\n  meshctl analyze         %s\n", !m->left ?
		(m->incomplete ? "incomplete, see below" : "nothing new: green today") :
		arena_printf(a, "%s, which no baseline accepts: repair",
			     text_count(a, m->left, "finding", "findings")));
	fputs("  meshctl baseline status what is accepted, and what is fixed by now\n"
	      "  meshctl policy check    where each package is, and what is in no layer\n\n", out);
	fprintf(out, "checked   %s read, %s broken; %s, %s\n",
		text_count(a, s->nfiles, "file", "files"), text_number(a, m->broken),
		text_count(a, m->before.graph->nsites, "import inside", "imports inside"),
		text_count(a, s->nconfigs, "platform", "platforms"));
	if (m->incomplete)
		fprintf(out, "          incomplete: %s\n", text_escape(a, m->incomplete));
	fprintf(out, "result    %s in the baseline, %s new; exit %d\n", text_number(a, m->held),
		text_number(a, m->left), (int)m->status);
}

static int run(struct run *run, struct err *err)
{
	struct made m = { .status = EXIT_CLEAN };
	bool fresh = access(POLICY_FILE, F_OK) != 0, first = access(BASELINE_FILE, F_OK) != 0;
	int rc;

	if (refuse_existing(run->set, err))
		return -1;
	rc = write_policy(run, &m, err);
	if (!rc) {
		rc = write_baseline(run, &m, err) || put_attributes(&m, run->arena, err) ? -1 : 0;
		/* A policy without its baseline would be red from the first day on. */
		if (rc && fresh)
			unlink(POLICY_FILE);
		if (rc && first)
			unlink(BASELINE_FILE);
	}
	if (!rc)
		print_screen(&m, run->out, run->arena);
	session_close(&m.before);
	return rc ? rc : (int)m.status;
}

static const struct example examples[] = {
	{ "init", "write " POLICY_FILE " and " BASELINE_FILE " from the code as it is" },
	{ "init --force", "the same, replacing those that are there" },
};

static const char *const see_also[] = { "analyze", "policy", NULL };

const struct command command_init = {
	.name = "init", .summary = "write the policy and the baseline from the code as it is",
	.group = GROUP_START, .operands = "", .min_operands = 0, .max_operands = 0,
	.detail =
		"Writes .meshctl.yaml into the current folder: the starter whose names know most "
		"of "
		"the folders here, contexts from names that repeat, programs and what wires them "
		"as "
		"the layer main, and a shared kernel of those packages only behind which there is "
		"neither I/O nor a context. Where names say nothing, a package is put in a layer "
		"only when its imports leave one answer: what imports no layer and serves several "
		"is a helper; what stands between a layer of its own, below its folder, and the "
		"layers that import it, is of the only layer that fits. Files that cannot be read "
		"are excluded by name. Every "
		"guess has a comment that says why; none is more than that: read the file, and "
		"correct it.\n\n"
		"Then judges the tree by it and writes every error and warning into "
		".meshctl-baseline.jsonl, so that `meshctl analyze` is green from today and tells "
		"what is new. What cannot be read no baseline accepts: errors of that kind are "
		"told, and the status is 1. A line in .gitattributes lets git merge the baseline "
		"of two branches line by line.\n\n"
		"Nothing that is there is replaced without --force.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_FORCE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_QUIET),
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples), .see_also = see_also,
};
