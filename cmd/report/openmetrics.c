/* SPDX-License-Identifier: MIT */
/*
 * openmetrics.c - the numbers for Prometheus, in the text format of OpenMetrics
 * 1.0.  No timestamps: the same tree gives the same bytes.  A rule that judged
 * something and found nothing is a 0; one that had nothing to judge has no sample.
 */
#include "analyzers/gate.h"
#include "analyzers/judged.h"
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/proof.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

#include <math.h>
#include <string.h>

/* Head of a family; `unit` is "" where things are counted. */
static void family(FILE *out, const char *name, const char *type, const char *unit,
		   const char *help)
{
	fprintf(out, "# TYPE meshctl_%s %s\n", name, type);
	if (*unit)
		fprintf(out, "# UNIT meshctl_%s %s\n", name, unit);
	fprintf(out, "# HELP meshctl_%s %s\n", name, help);
}

static void gauge(FILE *out, const char *name, uint64_t value, const char *help)
{
	family(out, name, "gauge", "", help);
	fprintf(out, "meshctl_%s %llu\n", name, (unsigned long long)value);
}

static void put_label(FILE *out, const char *name, const char *value, bool first,
		      struct arena *a)
{
	fprintf(out, "%s%s=\"", first ? "" : ",", name);
	/* Only the three that the format escapes; U+FFFD for what is not UTF-8. */
	for (value = clean_utf8(value, a); *value; value++)
		if (*value == '\n')
			fputs("\\n", out);
		else
			fprintf(out, "%s%c", strchr("\\\"", *value) ? "\\" : "", *value);
	fputc('"', out);
}

static void put_source(const struct report *r, FILE *out, struct arena *a)
{
	const struct source_rev *rev = &r->source->rev;

	family(out, "source", "info", "", "What was judged.");
	fputs("meshctl_source_info{", out);
	put_label(out, "command", r->command, true, a);
	put_label(out, "commit", rev->known ? rev->commit : "", false, a);
	put_label(out, "branch", rev->known ? rev->branch : "", false, a);
	put_label(out, "version", MESHCTL_VERSION, false, a);
	fputs("} 1\n", out);
}

struct tally { uint32_t of[RULE_COUNT][SEV_COUNT][FINDING_STATES]; };

static void put_findings(const struct report *r, FILE *out, struct arena *a)
{
	struct tally *t = arena_new(a, struct tally);

	for (uint32_t i = 0; i < r->findings->count + r->findings->nheld; i++) {
		const struct finding *f = report_numbered(r, i);

		t->of[f->rule - rule_rows][f->severity][f->state]++;
	}
	family(out, "findings", "gauge", "", "Findings of the rules that ran.");
	for (unsigned rule = 0; rule < RULE_COUNT; rule++)
		for (unsigned level = SEV_INFO; level < SEV_COUNT; level++)
			for (unsigned s = 0; s < FINDING_STATES; s++) {
				bool usual = !proof_silence(r, rule) && s == FINDING_NEW &&
					     level == rule_level(&rule_rows[rule]);

				if (!usual && !t->of[rule][level][s])
					continue;
				fprintf(out, "meshctl_findings{rule=\"%s\",level=\"%s\","
					"state=\"%s\"} %u\n", rule_rows[rule].name,
					severity_name[level], finding_state_name[s],
					t->of[rule][level][s]);
			}
	family(out, "judged", "gauge", "", "What each rule that ran looked at.");
	for (unsigned rule = 0; rule < RULE_COUNT; rule++)
		if (r->ran->ran[rule])
			fprintf(out, "meshctl_judged{rule=\"%s\"} %llu\n", rule_rows[rule].name,
				(unsigned long long)r->ran->judged[rule]);
}

static void put_proof(const struct report *r, FILE *out)
{
	struct judged judged;
	struct proof p;

	proof_count(r, &p);
	family(out, "files", "gauge", "", "Go files by how far their headers could be read.");
	fprintf(out, "meshctl_files{state=\"parsed\"} %u\nmeshctl_files{state=\"degraded\"} %u\n"
		"meshctl_files{state=\"unreadable\"} %u\n", p.parsed, p.degraded, p.skipped);
	gauge(out, "lines", p.lines, "Lines of these files.");
	gauge(out, "packages", p.packages, "Folders with a package.");
	gauge(out, "package_edges", p.edges, "Packages that import a package of the tree.");
	gauge(out, "imports", p.imports, "Import lines of files that are built.");
	gauge(out, "imports_inside", p.inside, "Import lines that lead into the tree.");
	if (!r->mapping)
		return;
	judged_share(r->mapping, &judged);
	gauge(out, "policy_imports", judged.imports, "Import lines that a policy could judge.");
	gauge(out, "policy_imports_judged", judged.judged, "Those that the policy judges.");
	family(out, "policy_judged_ratio", "gauge", "ratio", "Share of them.");
	fprintf(out, "meshctl_policy_judged_ratio %.4f\n",
		judged.imports ? (double)judged.judged / (double)judged.imports : 1.0);
}

/* Its rows that are on; what is not known has no sample. */
static void put_gate(const struct gate *g, FILE *out)
{
	family(out, "gate_failed", "gauge", "", "1 where a row of the gate fails.");
	for (uint32_t i = 0; i < g->count; i++)
		if (g->row[i].verdict != GATE_OFF && g->row[i].verdict != GATE_NO_BASE)
			fprintf(out, "meshctl_gate_failed{rule=\"%s\"} %d\n",
				g->row[i].rule->name, g->row[i].verdict == GATE_FAIL);
	family(out, "gate_base", "gauge", "", "What a row of the gate counts at the base.");
	for (uint32_t i = 0; i < g->count; i++)
		if (isfinite(g->row[i].base_value))
			fprintf(out, "meshctl_gate_base{rule=\"%s\"} %.6g\n",
				g->row[i].rule->name, g->row[i].base_value);
	family(out, "gate_now", "gauge", "", "What a row of the gate counts in the change.");
	for (uint32_t i = 0; i < g->count; i++)
		if (isfinite(g->row[i].now_value))
			fprintf(out, "meshctl_gate_now{rule=\"%s\"} %.6g\n",
				g->row[i].rule->name, g->row[i].now_value);
}

static int write_openmetrics(const struct report *r, FILE *out, struct err *err)
{
	struct arena a = ARENA_INIT;

	if (!r->error) {
		put_source(r, out, &a);
		put_findings(r, out, &a);
		put_proof(r, out);
		if (r->gate)
			put_gate(r->gate, out);
	}
	gauge(out, "incomplete", r->error || r->incomplete,
	      "1 where the analysis failed or is incomplete.");
	gauge(out, "exit_status", r->status, "The exit status of the run.");
	fputs("# EOF\n", out);
	arena_release(&a);
	return report_flush(out, err);
}

const struct reporter reporter_openmetrics = {
	.name = "openmetrics", .summary = "numbers for Prometheus", .tells_failure = true,
	.write = write_openmetrics,
};
