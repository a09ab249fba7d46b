/* SPDX-License-Identifier: MIT */
/* mesh_pods.c - what a pod says of itself: its images, and how long it takes to go. */
#include "analyzers/mesh/objects.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct work {
	const struct analysis *a;
	uint64_t images, sleeps, users;
};

/* ---- images ---- */

/* "latest", "" = none; NULL = it has another tag or a digest. */
static const char *bad_tag(const char *image)
{
	const char *slash = strrchr(image, '/');
	const char *colon = strchr(slash ? slash : image, ':');

	/* What ko builds from a package it writes with its digest. */
	if (!*image || strchr(image, '@') || !strncmp(image, "ko://", 5))
		return NULL;
	if (!colon)
		return "";
	return !strcmp(colon, ":latest") ? "latest" : NULL;
}

static void judge_image(struct work *w, const struct manifest *m, const struct yaml_node *image)
{
	const char *tag = bad_tag(manifest_text(image));

	if (!image)
		return;
	w->images++;
	if (!tag)
		return;
	/* Its own name and nothing else is what local builds and kustomize's `images` fill in. */
	bool filled = !*tag && !strcmp(image->text, m->name);
	const char *name = text_cut(w->a->scratch, text_escape(w->a->scratch, image->text), 100);

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_IMAGE_TAG, .in = m, .at = image, .symbol = image->text,
		.most = filled ? SEV_INFO : SEV_OFF,
		.message = *tag ? arena_printf(w->a->scratch,
			"%s: the image '%s' is another one after every push of 'latest'",
			manifest_label(m, w->a->scratch), name) :
			arena_printf(w->a->scratch, "%s: the image '%s' has no tag",
				     manifest_label(m, w->a->scratch), name),
	});
}

/* values.yaml: image.tag, of the chart or of a part of it. */
static void judge_values(struct work *w, const struct manifest_file *f)
{
	for (uint32_t i = 0; f->root->kind == YAML_MAP && i <= f->root->count; i++) {
		const struct yaml_node *part = i ? f->root->pair[i - 1].value : f->root;
		const struct yaml_node *image = yaml_get(part, "image");
		const struct yaml_node *tag = image ? yaml_get(image, "tag") : NULL;
		const struct manifest own = {
			.path = f->path, .kind = "values", .api = "", .name = "", .space = "",
		};

		if (!tag)
			continue;
		w->images++;
		if (!strcmp(tag->text, "latest"))
			manifest_tell(w->a, &(struct manifest_told){
				.rule = RULE_IMAGE_TAG, .in = &own, .at = tag,
				.symbol = i ? f->root->pair[i - 1].key->text : "",
				.message = "the chart's tag is 'latest': it installs another image "
					   "after every push",
			});
	}
}

/* A template that names an image itself: no value of the chart can choose another. */
static void judge_template(struct work *w, const struct manifest_image *i)
{
	const char *tag = bad_tag(i->image.text);
	const struct yaml_node at = {
		.line = i->image.line, .col = i->image.col, .end_col = i->image.end_col,
		.file = i->path, .text = i->image.text,
	};
	const struct manifest own = {
		.path = i->path, .kind = "template", .api = "", .name = "", .space = "",
	};

	w->images++;
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_IMAGE_TAG, .in = &own, .at = &at, .symbol = i->image.text,
		.most = tag ? SEV_OFF : SEV_INFO,
		.message = arena_printf(w->a->scratch, "a template of the chart has the literal "
					"image '%s'%s: no value can choose another",
					manifest_shown(i->image.text, w->a->scratch),
					!tag ? "" : !*tag ? ", which has no tag" :
					", which is another one after every push"),
	});
}

/* ---- preStop ---- */

/* The seconds that a preStop hook sleeps; false where it does something else. */
static bool sleep_of(const struct yaml_node *hook, uint32_t *ret, const struct yaml_node **ret_at)
{
	const struct yaml_node *plain = manifest_at(hook, "sleep", "seconds", NULL);
	const struct yaml_node *words = manifest_at(hook, "exec", "command", NULL);

	*ret_at = plain;
	if (plain)
		return yaml_uint(plain, ret);
	for (uint32_t i = 0; words && words->kind == YAML_LIST && i < words->count; i++) {
		const char *text = manifest_text(words->item[i]), *at = strstr(text, "sleep");
		char *end;

		/* ["sleep", "15"], or sh -c "sleep 15". */
		if (!at)
			continue;
		at += strlen("sleep");
		if (!*at && i + 1 < words->count)
			at = manifest_text(words->item[i + 1]);
		*ret = (uint32_t)strtoul(at, &end, 10);
		*ret_at = words->item[i];
		return end != at;
	}
	return false;
}

static void judge_hook(struct work *w, const struct object *o, const struct yaml_node *container)
{
	const struct yaml_node *hook = manifest_at(container, "lifecycle", "preStop", NULL), *at;
	const struct yaml_node *grace = manifest_at(o->pod, "spec", "terminationGracePeriodSeconds",
						    NULL);
	uint32_t sleeps, limit = 30;

	if (!hook || !sleep_of(hook, &sleeps, &at))
		return;
	w->sleeps++;
	if (grace)
		yaml_uint(grace, &limit);
	if (sleeps < limit)
		return;
	const struct related related = {
		.at = grace ? manifest_span(w->a, grace) : (struct span){ .line = 0 },
		.note = "the grace period",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_GRACE_PERIOD, .in = o->m, .at = at,
		.symbol = manifest_text(yaml_get(container, "name")),
		.message = arena_printf(w->a->scratch,
			"%s: preStop sleeps %u s and the grace period is %u s%s: the program is "
			"killed before it is told to stop",
			manifest_label(o->m, w->a->scratch), sleeps, limit,
			grace ? "" : " unless told"),
		.related = grace ? &related : NULL, .nrelated = grace != NULL,
	});
}

/* ---- users ---- */

/* The sidecar's own user, whose traffic is not taken in. */
static void judge_user(struct work *w, const struct object *o, const struct yaml_node *context)
{
	const struct yaml_node *user = context ? yaml_get(context, "runAsUser") : NULL;

	if (!user)
		return;
	w->users++;
	if (!strcmp(user->text, "1337"))
		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_RESERVED_UID, .in = o->m, .at = user, .symbol = "",
			.message = arena_printf(w->a->scratch, "%s runs as user 1337, which is the "
						"sidecar's: what it sends goes past the mesh",
						manifest_label(o->m, w->a->scratch)),
		});
}

static void judge_users(struct work *w, const struct object *o)
{
	const struct yaml_node *list = object_containers(o);

	judge_user(w, o, manifest_at(o->pod, "spec", "securityContext", NULL));
	for (uint32_t i = 0; list && i < list->count; i++)
		if (strcmp(manifest_text(yaml_get(list->item[i], "name")), "istio-proxy") != 0)
			judge_user(w, o, yaml_get(list->item[i], "securityContext"));
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct work w = { .a = a };
	struct objects o;

	objects_init(a->manifests, a->scratch, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_WORKLOAD].count; i++) {
		const struct object *at = &o.of[OBJECT_WORKLOAD].item[i];
		const struct yaml_node *list = object_containers(at);
		const struct yaml_node *first = object_first_containers(at);

		judge_users(&w, at);
		for (uint32_t c = 0; list && c < list->count; c++) {
			judge_image(&w, at->m, yaml_get(list->item[c], "image"));
			judge_hook(&w, at, list->item[c]);
		}
		for (uint32_t c = 0; first && c < first->count; c++) {
			judge_image(&w, at->m, yaml_get(first->item[c], "image"));
			judge_hook(&w, at, first->item[c]);
		}
	}
	for (uint32_t i = 0; i < a->manifests->nvalues; i++)
		judge_values(&w, &a->manifests->values[i]);
	for (uint32_t i = 0; i < a->manifests->nimages; i++)
		judge_template(&w, &a->manifests->image[i]);
	*ret_judged = w.images + w.sleeps + w.users;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_GRACE_PERIOD, RULE_IMAGE_TAG, RULE_RESERVED_UID,
};

const struct analyzer analyzer_meshpods = {
	.name = "meshpods",
	.summary = "images without a version, users, pods that are killed while they wait",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
