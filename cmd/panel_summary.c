/* SPDX-License-Identifier: MIT */
/* panel_summary.c - the verdict of a page, and what it is about. */
#include "analyzers/judged.h"
#include "base/text.h"
#include "cmd/headline.h"
#include "cmd/page.h"
#include "cmd/report/proof.h"

static void write_counts(const struct report *r, struct json_out *out)
{
	json_out_open(out, "findings", JSON_OBJECT);
	for (enum severity s = SEV_INFO; s < SEV_COUNT; s++)
		json_out_int(out, severity_name[s], findings_count(r->findings, s));
	json_out_int(out, "held", r->findings->nheld);
	json_out_close(out);
}

/* What a policy judges of the imports; null without one. */
static void write_share(const struct report *r, struct json_out *out)
{
	struct judged judged;

	if (!r->mapping) {
		json_out_member(out, "policy", NULL);
		return;
	}
	judged_share(r->mapping, &judged);
	json_out_open(out, "policy", JSON_OBJECT);
	json_out_text(out, "path", r->policy->path);
	json_out_int(out, "imports", (int64_t)judged.imports);
	json_out_int(out, "judged", (int64_t)judged.judged);
	json_out_close(out);
}

int panel_summary(const struct page *p, struct json_out *out, struct err *err UNUSED)
{
	const struct report *r = p->report;
	const char *revision = headline_revision(r->source, p->arena);
	struct proof proof;

	proof_count(r, &proof);
	json_out_text(out, "version", MESHCTL_VERSION);
	json_out_text(out, "module", session_module(r->source, p->arena));
	json_out_text(out, "revision", *revision ? revision + 1 : revision);
	json_out_text(out, "pattern", r->source->pattern);
	json_out_member(out, "source", report_source(r->source));
	json_out_int(out, "status", r->status);
	json_out_text(out, "incomplete", r->incomplete);
	json_out_text(out, "fail_on", severity_name[r->fail_on]);
	write_counts(r, out);
	write_share(r, out);
	json_out_int(out, "packages", proof.packages);
	json_out_int(out, "reported", proof_packages(r->source, r->graph, NODE_REPORTED));
	json_out_int(out, "files", r->source->nfiles);
	json_out_int(out, "lines", (int64_t)proof.lines);
	json_out_int(out, "edges", proof.edges);
	json_out_int(out, "imports", proof.inside);
	json_out_int(out, "degraded", proof.degraded + proof.skipped);
	return 0;
}
