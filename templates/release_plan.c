/* SPDX-License-Identifier: MIT */
/*
 * release_plan.c - which states a release goes through.  The new version runs before it
 * gets requests; the first percents stay in one zone; plain text is refused last.
 */
#include "templates/release_plan.h"
#include "base/text.h"
#include "templates/manifest_work.h"

#include <stdlib.h>
#include <string.h>

extern const unsigned char mesh_runbook_text[], mesh_rollback_text[];

struct step {
	const char *folder, *what, *hold, *when;
	struct release release;
	bool before;                    /* there is no new version yet */
};

struct plan {
	const struct release_plan *p;
	struct arena *arena;
	struct step step[PLAN_STEPS + 6];
	uint32_t count;
	struct manifest *file;          /* malloc */
	uint32_t nfiles, cap;
};

int release_steps(const char *text, struct release_plan *p, struct err *err)
{
	const char *at = text;

	p->count = 0;
	while (*at) {
		char *end;
		unsigned long n = *at >= '0' && *at <= '9' ? strtoul(at, &end, 10) : 0;

		if (!n || n > 100 || (*end && (*end != ',' || !end[1])))
			return err_set(err, ERR_USAGE, "'%.60s' are no steps: whole percents from "
				       "1 to "
				       "100 with commas between, as in 1,5,20,50,100", text);
		if (p->count && p->percent[p->count - 1] >= n)
			return err_set(err, ERR_USAGE, "step %lu does not come after %u: the steps "
				       "of a release ascend", n, p->percent[p->count - 1]);
		if (p->count == PLAN_STEPS)
			return err_set(err, ERR_USAGE, "a release has at most %u steps",
				       PLAN_STEPS);
		p->percent[p->count++] = (uint32_t)n;
		at = end + (*end == ',');
	}
	if (!p->count || p->percent[p->count - 1] != 100)
		return err_set(err, ERR_USAGE, "the steps '%.60s' do not end with 100: a release "
			       "does",
			       text);
	return 0;
}

static struct step *add(struct plan *l, const char *name, const char *what)
{
	struct step *s = &l->step[l->count];

	s->folder = arena_printf(l->arena, "%02u-%s", l->count, name);
	s->what = what;
	s->release.fresh = VERSION_NEW;
	l->count++;
	return s;
}

static void add_percents(struct plan *l)
{
	const struct release_plan *p = l->p;
	struct arena *a = l->arena;
	struct step *s = add(l, arena_printf(a, "one-zone-%u-percent", p->percent[0]),
			     arena_printf(a, "%u %% of the requests from %s", p->percent[0],
					  text_escape(a, p->zone)));

	s->release.testers = true;
	s->release.zone = p->zone;
	s->release.weight = p->percent[0];
	s->hold = "1 h";
	s->when = "errors and p99 as below";
	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t n = p->percent[i];

		s = add(l, arena_printf(a, "%u-percent", n),
			arena_printf(a, n == 100 ? "all of the requests" :
				     "%u %% of the requests, across zones", n));
		s->release.testers = n != 100;
		s->release.weight = n;
		s->hold = n == 100 ? "1 day" : n < 20 ? "1 h" : "4 h";
		s->when = n == 100 ? "a whole day with its peak was quiet" :
				     "errors and p99 as below";
	}
}

static void make_steps(struct plan *l)
{
	const struct service *own = &l->p->services->service[l->p->service];
	struct step *s = add(l, "before", "what runs today; every pod has a proxy");

	s->before = true;
	s->hold = "1 day";
	s->when = "no error that was not there before";
	s = add(l, "deploy-" VERSION_NEW, "the new version runs and gets nothing");
	s->hold = "15 min";
	s->when = "its pods are ready and do not restart";
	s = add(l, "testers", "whoever sends `x-release: " VERSION_NEW "` or `x-user-group: "
		"testers`");
	s->release.testers = true;
	s->hold = "1 h";
	s->when = "the testers are content";
	add_percents(l);
	s = add(l, "mtls-strict", "plain text is refused");
	s->release.weight = 100;
	s->release.strict = true;
	s->hold = "1 day";
	s->when = "nobody is refused; apply it when nobody sends plain text";
	s = add(l, "only-" VERSION_NEW,
		arena_printf(l->arena, "the old version is gone: after it `kubectl -n %s delete "
			     "deployment %s-" VERSION_OLD "`", manifest_namespace(own), own->name));
	s->release.alone = s->release.strict = true;
	s->release.weight = 100;
	s->hold = "-";
	s->when = "-";
}

static void put_file(struct plan *l, const char *path, const char *text, bool yaml)
{
	VEC_RESERVE(l->file, l->cap, l->nfiles + 1);
	l->file[l->nfiles++] = (struct manifest){ path, text, yaml };
}

static int put_state(struct plan *l, const struct step *s, struct err *err)
{
	bool *wanted = arena_array(l->arena, bool, l->p->services->count);
	const struct manifest_wish w = {
		.services = l->p->services, .wanted = wanted, .target = TARGET_ISTIO,
		.stage = STAGE_MESH, .release = s->before ? NULL : &s->release,
	};
	struct manifests all;
	const char *name = l->p->services->service[l->p->service].name;
	char *text = NULL;
	size_t len = 0, own = strlen(name);
	FILE *out;

	wanted[l->p->service] = true;
	if (manifests_make(&w, l->arena, &all, err))
		return -1;
	out = open_memstream(&text, &len);
	if (!out)
		return err_set(err, ERR_SYSTEM, "no memory for a plan");
	for (uint32_t i = 0; i < all.count; i++)
		if (!strncmp(all.item[i].path, name, own) && all.item[i].path[own] == '/')
			fprintf(out, "---\n%s", all.item[i].text);
	if (fclose(out)) {
		free(text);
		return err_set(err, ERR_SYSTEM, "no memory for a plan");
	}
	put_file(l, arena_printf(l->arena, "%s/release.yaml", s->folder),
		 arena_strndup(l->arena, text, len), true);
	free(text);
	return 0;
}

static int put_rollback(struct plan *l, uint32_t at, struct err *err)
{
	const struct service *own = &l->p->services->service[l->p->service];
	struct json *o = json_object(), *deletes = json_array();
	const char *text;
	int rc;

	json_set_text(o, "folder", l->step[at].folder);
	json_set_text(o, "before", l->step[at - 1].folder);
	json_set_text(o, "namespace", manifest_namespace(own));
	json_set_text(o, "resources", arena_printf(l->arena,
		      "deployments -l app=%s", own->name));
	/* What the state before does not have is not taken away by applying it. */
	if (at == 1)
		json_push_text(deletes, arena_printf(l->arena, "deployment %s-%s", own->name,
						     VERSION_NEW));
	json_set(o, "deletes", deletes);
	rc = manifest_render("rollback.sh", mesh_rollback_text, o, l->arena, &text, err);
	json_free(o);
	if (!rc)
		put_file(l, arena_printf(l->arena, "%s/rollback.sh", l->step[at].folder), text,
			 false);
	return rc;
}

/* ---- the runbook ---- */

static void put_stores(const struct plan *l, const struct service *s, struct json *o)
{
	static const char *const queues[] = {
		"Kafka", "NATS", "Pub/Sub", "Pulsar", "RabbitMQ", "RocketMQ", "SQS", "NSQ",
	};
	struct json *list = json_array();
	const char *stores = "";
	bool any = false;

	for (uint32_t i = 0; i < s->ndatastores; i++) {
		bool queue = false;

		for (size_t k = 0; k < ARRAY_SIZE(queues); k++)
			queue = queue || !strcmp(queues[k], s->datastore[i]);
		if (queue)
			json_push_text(list, s->datastore[i]);
		else
			stores = arena_printf(l->arena, "%s%s%s", stores, *stores ? ", " : "",
					      s->datastore[i]);
		any = any || queue;
	}
	json_set(o, "queues", list);
	json_set_bool(o, "has_queues", any);
	json_set_text(o, "stores", stores);
	json_set_bool(o, "has_stores", *stores != '\0');
}

static struct json *callers_of(const struct plan *l)
{
	const struct services *all = l->p->services;
	struct json *list = json_array();

	for (uint32_t i = 0; i < all->count; i++)
		for (uint32_t k = 0; k < all->service[i].ncalls; k++) {
			const struct service_call *c = &all->service[i].call[k];
			struct json *one;

			if (c->to != l->p->service || i == l->p->service)
				continue;
			one = json_object();
			json_set_text(one, "id", all->service[i].name);
			json_set_text(one, "from", arena_printf(l->arena, "`%s:%u`",
				      text_escape(l->arena, c->at.path), c->at.line));
			json_push(list, one);
			break;
		}
	return list;
}

static struct json *steps_of(const struct plan *l)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < l->count; i++) {
		struct json *one = json_object();

		json_set_text(one, "folder", l->step[i].folder);
		json_set_text(one, "what", l->step[i].what);
		json_set_text(one, "hold", l->step[i].hold);
		json_set_text(one, "when", l->step[i].when);
		json_push(list, one);
	}
	return list;
}

static int put_runbook(struct plan *l, struct err *err)
{
	const struct service *s = &l->p->services->service[l->p->service];
	const struct maker m = { .s = l->p->services, .arena = l->arena };
	struct json *o = json_object();
	const char *text;
	int rc;

	json_set_text(o, "id", s->name);
	json_set_text(o, "namespace", manifest_namespace(s));
	json_set_text(o, "fqdn", manifest_host(&m, s));
	json_set_text(o, "old", VERSION_OLD);
	json_set_text(o, "new", VERSION_NEW);
	json_set_text(o, "record_old", manifest_record(&m, s, VERSION_OLD));
	json_set_text(o, "record_new", manifest_record(&m, s, VERSION_NEW));
	json_set_text(o, "first", l->step[1].folder + 3);
	json_set_text(o, "zone_folder", l->step[3].folder);
	json_set_text(o, "strict", l->step[l->count - 2].folder);
	json_set_text(o, "last", l->step[l->count - 1].folder);
	json_set(o, "steps", steps_of(l));
	json_set(o, "callers", callers_of(l));
	put_stores(l, s, o);
	rc = manifest_render("RUNBOOK.md", mesh_runbook_text, o, l->arena, &text, err);
	json_free(o);
	if (!rc)
		put_file(l, "RUNBOOK.md", text, false);
	return rc;
}

static int by_path(const void *a, const void *b, void *ctx UNUSED)
{
	const struct manifest *x = a, *y = b;

	return strcmp(x->path, y->path);
}

int release_plan_make(const struct release_plan *p, struct arena *arena, struct manifests *ret,
		      struct err *err)
{
	struct plan l = { .p = p, .arena = arena };
	int rc = 0;

	make_steps(&l);
	for (uint32_t i = 0; !rc && i < l.count; i++) {
		rc = put_state(&l, &l.step[i], err);
		if (!rc && i)
			rc = put_rollback(&l, i, err);
	}
	if (!rc)
		rc = put_runbook(&l, err);
	sort_with(l.file, l.nfiles, sizeof(*l.file), by_path, NULL);
	*ret = (struct manifests){ .item = arena_array(arena, struct manifest, l.nfiles),
				   .count = l.nfiles };
	if (l.nfiles)
		memcpy(ret->item, l.file, l.nfiles * sizeof(*l.file));
	free(l.file);
	return rc;
}
