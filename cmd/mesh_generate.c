/* SPDX-License-Identifier: MIT */
/* mesh_generate.c - meshctl mesh generate: manifests for the services that the code has. */
#include "base/text.h"
#include "cmd/mesh.h"
#include "cmd/subcommand.h"
#include "graph/source/tree.h"
#include "templates/release_plan.h"

#include <stdlib.h>
#include <string.h>

static const enum mesh_target targets[] = {
	TARGET_ISTIO, TARGET_GATEWAY_API, TARGET_CONSUL, TARGET_NGINX
};
static const enum mesh_stage stages[] = { STAGE_MESH, STAGE_MONO, STAGE_SPLIT };

/* Those that were named; NULL = all. */
static int choose(const struct run *run, const struct services *s, const bool **ret,
		  struct err *err)
{
	bool *wanted = run->noperands ? arena_array(run->arena, bool, s->count) : NULL;

	for (int i = 0; i < run->noperands; i++) {
		uint32_t at;

		if (mesh_named(s, run->operand[i], &at, err))
			return -1;
		wanted[at] = true;
	}
	*ret = wanted;
	return 0;
}

/* The percent that --steps names: of the one step that the release stands at. */
static int read_percent(const char *text, uint32_t *ret, struct err *err)
{
	char *end;
	unsigned long n = *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 101;

	if (n > 100 || *end)
		return err_set(err, ERR_USAGE, "'%.60s' is no step: generate writes one state, "
			       "such as --steps 5; 'meshctl mesh plan' writes them all", text);
	*ret = (uint32_t)n;
	return 0;
}

/* The new version beside the old one: its share, its testers, its zone. */
static int read_release(const struct run *run, struct manifest_wish *w, struct release *ret,
			struct err *err)
{
	const char *zone = run->set->zone, *steps = run->set->steps;

	*ret = (struct release){ .fresh = VERSION_NEW, .zone = zone, .steady = true };
	if (!zone && !steps)
		return 0;
	if (steps && read_percent(steps, &ret->weight, err))
		return -1;
	if (!w->wanted)
		return err_set(err, ERR_USAGE, "a release is of some services: name them before "
			       "--steps or --zone");
	if (w->stage != STAGE_MESH || w->target == TARGET_NGINX)
		return err_set(err, ERR_USAGE, "only a mesh divides requests among versions: ask "
			       "for --stage mesh and another target than nginx");
	if (zone && w->target != TARGET_ISTIO)
		return err_set(err, ERR_USAGE, "only Istio knows the zone of a caller: ask for "
			       "--target istio, or leave --zone out");
	ret->testers = ret->weight < 100 && w->target != TARGET_CONSUL;
	/* The others are in the mesh as ever; their files stay as they are. */
	w->only = w->wanted;
	w->wanted = NULL;
	w->release = ret;
	return 0;
}

/* Standard output: a stream of documents that kubectl takes. */
static int print_all(const struct run *run, const struct manifests *m, struct err *err)
{
	for (uint32_t i = 0; i < m->count; i++)
		if (!m->item[i].yaml)
			return err_set(err, ERR_USAGE, "'%s' is no manifest for kubectl: name a "
				       "folder "
				       "with -o DIR", m->item[i].path);
	for (uint32_t i = 0; i < m->count; i++)
		fprintf(run->out, "---\n# %s\n%s", m->item[i].path, m->item[i].text);
	return EXIT_CLEAN;
}

static const char *with_path(const struct mesh_folder *f, const char *list, const char *path,
			     const char *what)
{
	struct arena *a = f->run->arena;

	return arena_printf(a, "%s%s%s%s", list ? list : "", list ? ", " : "",
			    text_escape(a, path_join(a, f->dir, path)), what);
}

/* What was generated before, could be again, and is not. */
static int look_for_gone(struct mesh_folder *f, const struct manifest_wish *w,
			 const struct manifests *m, struct err *err)
{
	struct arena *a = f->run->arena;
	const char **file;
	uint32_t n = kept_list(f->dir, a, &file), at = 0;

	for (uint32_t i = 0; i < n; i++) {
		bool edited;

		/* Both are sorted. */
		while (at < m->count && strcmp(m->item[at].path, file[i]) < 0)
			at++;
		if ((at < m->count && !strcmp(m->item[at].path, file[i])) ||
		    !manifest_is_place(w, file[i]) ||
		    !kept_is_generated(f->dir, file[i], a, &edited))
			continue;
		if (!f->run->set->prune || f->run->set->print || edited) {
			f->gone = with_path(f, f->gone, file[i],
					    edited ? " (changed by hand)" : "");
			continue;
		}
		if (kept_remove(f->dir, file[i], a, err))
			return -1;
		f->deleted = with_path(f, f->deleted, file[i], "");
	}
	return 0;
}

static int fill_folder(struct mesh_folder *f, const struct manifest_wish *w,
		       const struct manifests *m, struct err *err)
{
	for (uint32_t i = 0; i < m->count; i++)
		if (mesh_put(f, m->item[i].path, m->item[i].text, false, err))
			return -1;
	if (!w->wanted && !w->only && look_for_gone(f, w, m, err))
		return -1;
	struct arena *a = f->run->arena;
	const char *next = !m->lost ? NULL :
		arena_printf(a, "%s of breakers, retries and timeouts cannot be carried over: "
			     "comments in the files say which",
			     text_count(a, m->lost, "setting", "settings"));

	if (m->untold)
		next = arena_printf(a, "%s%sof %s the code does not tell whose calls they guard: "
				    "nothing of them is carried over, 'meshctl mesh model' has "
				    "them", next ? next : "", next ? "; " : "",
				    text_count(a, m->untold, "guard", "guards"));
	if (m->unrouted)
		next = arena_printf(a, "%s%s%s of TCP or UDP alone: this target routes HTTP and "
				    "gRPC, and callers reach the Service itself", next ? next : "",
				    next ? "; " : "", text_count(a, m->unrouted, "service",
								 "services"));
	if (f->gone && !f->run->set->prune)
		next = arena_printf(a, "%s%sno service needs what is gone: --prune deletes it",
				    next ? next : "", next ? "; " : "");
	return mesh_tell(f, next);
}

static int generate(struct run *run, const struct services *s, struct err *err)
{
	struct manifest_wish w = {
		.services = s, .target = targets[run->set->target],
		.stage = stages[run->set->stage],
	};
	struct mesh_folder f = { .run = run, .dir = run->set->output };
	struct release release;
	struct manifests all;
	int rc;

	if (!s->count)
		return err_set(err, ERR_INPUT, "no services: no program listens, and no policy "
			       "names "
			       "any");
	if (run->set->prune && (run->noperands || !f.dir || !strcmp(f.dir, "-")))
		return err_set(err, ERR_USAGE, "--prune is for a folder and all of its services: "
			       "name it with -o, and no SERVICE");
	if (choose(run, s, &w.wanted, err) || read_release(run, &w, &release, err) ||
	    manifests_make(&w, run->arena, &all, err))
		return -1;
	if (!f.dir || !strcmp(f.dir, "-"))
		return print_all(run, &all, err);
	rc = fill_folder(&f, &w, &all, err);
	mesh_folder_release(&f);
	return rc;
}

static int generate_run(struct run *run, struct err *err)
{
	struct mesh_desk d;
	int rc;

	if (mesh_open(run, &d, err))
		return -1;
	rc = generate(run, &d.services, err);
	mesh_close(&d);
	return rc;
}

const struct subcommand mesh_generate = {
	.name = "generate",
	.summary = "write the manifests of services, as the code has them",
	.operands = "[SERVICE...]",
	.max_operands = 99,
	.folder = true,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_TARGET) | OPT_BIT(OPT_STAGE) | OPT_BIT(OPT_PRINT) |
		   OPT_BIT(OPT_STEPS) | OPT_BIT(OPT_ZONE) | OPT_BIT(OPT_PRUNE) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) |
		   OPT_BIT(OPT_GO) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.run = generate_run,
};
