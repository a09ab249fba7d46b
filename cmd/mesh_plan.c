/* SPDX-License-Identifier: MIT */
/* mesh_plan.c - meshctl mesh plan: the release of one service, as folders to be applied. */
#include "templates/release_plan.h"
#include "base/date.h"
#include "base/yaml.h"
#include "cmd/adr_draft.h"
#include "cmd/mesh.h"
#include "cmd/subcommand.h"
#include "templates/adr_text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STEPS "1,5,20,50,100"
#define ZONE "zone-a"

static void add_options(struct adr_draft *d)
{
	struct draft_option *o = draft_option(d, "By weight, through the mesh",
		"Both versions run; the share of the new one grows step by step.");

	draft_line(&o->good, "a step back is one command and takes seconds");
	draft_line(&o->good, "few requests meet what nobody saw before");
	draft_line(&o->bad, "both versions use the same data for days");
	o = draft_option(d, "All at once", "A rolling update of the Deployment.");
	draft_line(&o->good, "one version at a time, but for minutes");
	draft_line(&o->bad, "a mistake meets everybody, and going back takes a rollout");
}

static void add_facts(struct adr_draft *d, const struct services *all, const struct service *s,
		      const char *steps)
{
	struct arena *a = d->arena;
	uint32_t at = (uint32_t)(s - all->service);

	draft_line(&d->context, arena_printf(a, "A new version of %s (%s) is to replace the one "
					     "that "
		   "runs, while requests come in.", draft_code(d, s->name),
		   draft_code(d, s->package)));
	for (uint32_t i = 0; i < all->count; i++)
		for (uint32_t k = 0; k < all->service[i].ncalls; k++) {
			const struct service_call *c = &all->service[i].call[k];

			if (c->to != at || i == at)
				continue;
			draft_line(&d->evidence, arena_printf(a, "%s calls it, %s",
				   draft_code(d, all->service[i].name),
				   draft_code(d, arena_printf(a, "%s:%u", c->at.path,
							      c->at.line))));
			break;
		}
	for (uint32_t i = 0; i < s->ndatastores; i++)
		draft_line(&d->evidence, arena_printf(a, "it uses %s: both versions do, meanwhile",
						      draft_words(d, s->datastore[i])));
	draft_line(&d->drivers, "no request fails because of the release");
	draft_line(&d->drivers, "every step can be undone by one command");
	draft_line(&d->consequences, arena_printf(a, "Good, because the percents %s are held until "
		   "errors and p99 are those of the old version", draft_words(d, steps)));
	draft_line(&d->consequences, "Bad, because the schema of the data has to suit both "
		   "versions");
	draft_line(&d->confirmation, "The alerts of the release guard stay quiet at each step.");
}

static int write_draft(const struct run *run, const struct services *all,
		       const struct service *s, const char *steps, const char **ret,
		       struct err *err)
{
	struct adr_draft d = { .arena = run->arena };
	struct json *data = json_object();
	const char *title = arena_printf(run->arena, "Release %s by weight", s->name);
	const char *now = run->set->now;
	char date[DATE_BYTES];
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t days, seconds = epoch && *epoch ? strtoll(epoch, NULL, 10) : (int64_t)time(NULL);
	int rc;

	if (now && !date_parse(now, &days)) {
		json_free(data);
		return err_set(err, ERR_USAGE, "'%.60s' is no day: write YYYY-MM-DD", now);
	}
	add_facts(&d, all, s, steps);
	add_options(&d);
	json_set_text(data, "title", title);
	json_set_text(data, "title_yaml", yaml_scalar(title, false, run->arena));
	json_set_text(data, "status", "proposed");
	json_set_text(data, "Status", "Proposed");
	json_set_text(data, "date", now ? now : date_text(seconds, date));
	draft_fill(&d, data);
	rc = adr_text(ADR_MADR, NULL, data, run->arena, ret, err);
	json_free(data);
	return rc;
}

static int fill(struct mesh_folder *f, const struct release_plan *p, const char *steps,
		struct err *err)
{
	struct manifests all;
	const char *draft = "";

	if (release_plan_make(p, f->run->arena, &all, err) ||
	    write_draft(f->run, p->services, &p->services->service[p->service], steps, &draft, err))
		return -1;
	for (uint32_t i = 0; i < all.count; i++)
		if (mesh_put(f, all.item[i].path, all.item[i].text, false, err))
			return -1;
	if (mesh_put(f, "adr-draft.md", draft, true, err))
		return -1;
	return mesh_tell(f, arena_printf(f->run->arena, "%s/RUNBOOK.md says what is done, and what "
					 "has to hold before it goes on", f->dir));
}

static int plan(struct run *run, const struct services *s, struct err *err)
{
	const char *steps = run->set->steps ? run->set->steps : STEPS;
	struct release_plan p = {
		.services = s, .zone = run->set->zone ? run->set->zone : ZONE,
	};
	struct mesh_folder f = { .run = run, .dir = run->set->output };
	int rc;

	if (release_steps(steps, &p, err) || mesh_named(s, run->operand[0], &p.service, err))
		return -1;
	if (!s->service[p.service].nports)
		return err_set(err, ERR_INPUT, "'%s' listens on no port that the code or the "
			       "policy "
			       "tells: there are no requests to be divided", run->operand[0]);
	rc = fill(&f, &p, steps, err);
	mesh_folder_release(&f);
	return rc;
}

static int plan_run(struct run *run, struct err *err)
{
	struct mesh_desk d;
	int rc;

	if (!run->set->output || !strcmp(run->set->output, "-"))
		return err_set(err, ERR_USAGE, "a plan is many files: name a folder with -o DIR");
	if (mesh_open(run, &d, err))
		return -1;
	rc = plan(run, &d.services, err);
	mesh_close(&d);
	return rc;
}

const struct subcommand mesh_plan = {
	.name = "plan",
	.summary = "write the release of a service, step by step",
	.operands = "SERVICE",
	.min_operands = 1,
	.max_operands = 1,
	.folder = true,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_STEPS) | OPT_BIT(OPT_ZONE) | OPT_BIT(OPT_PRINT) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) |
		   OPT_BIT(OPT_GO) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.run = plan_run,
};
