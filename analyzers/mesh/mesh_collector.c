/* SPDX-License-Identifier: MIT */
/*
 * mesh_collector.c - configurations of an OpenTelemetry collector whose pipelines name what is
 * not defined: in files of their own, in ConfigMaps, in OpenTelemetryCollector resources.
 */
#include "analyzers/mesh/mesh.h"
#include "base/suggest.h"
#include "base/text.h"

#include <string.h>

struct work {
	const struct analysis *a;
	const struct manifest *in;
	const struct yaml_node *config;
	const struct yaml_node *place;  /* of a text in which the configuration is; or NULL */
	const char *label;
	uint64_t judged;
};

/* Does another file of the folder define it?  A collector lays several over each other. */
static bool is_beside(const struct work *w, const char *part, const char *name)
{
	const struct manifests *m = w->a->manifests;
	const char *slash = strrchr(w->in->path, '/');
	size_t len = slash ? (size_t)(slash - w->in->path) + 1 : 0;

	for (uint32_t i = 0; w->in->root == NULL && i < m->ncollectors; i++) {
		const char *path = m->collector[i].path;
		const struct yaml_node *own = yaml_get(m->collector[i].root, part);

		if (own && !strncmp(path, w->in->path, len) && !strchr(path + len, '/') &&
		    yaml_get(own, name))
			return true;
	}
	return false;
}

/* Is it defined, as that or as a connector, which ends one pipeline and begins another? */
static bool is_defined(const struct work *w, const char *part, const char *name, bool connects)
{
	const struct yaml_node *own = yaml_get(w->config, part);
	const struct yaml_node *connectors = yaml_get(w->config, "connectors");

	return (own && yaml_get(own, name)) ||
	       (connects && connectors && yaml_get(connectors, name));
}

static void judge_names(struct work *w, const char *pipeline, const char *part, bool connects,
			const struct yaml_node *list)
{
	const struct yaml_node *own = yaml_get(w->config, part);

	for (uint32_t i = 0; list && list->kind == YAML_LIST && i < list->count; i++) {
		const char *name = manifest_text(list->item[i]);
		char near[SUGGEST_BYTES];
		struct suggest s;

		w->judged++;
		if (!*name || is_defined(w, part, name, connects) || is_beside(w, part, name) ||
		    (connects && is_beside(w, "connectors", name)))
			continue;
		suggest_init(&s, name);
		for (uint32_t k = 0; own && own->kind == YAML_MAP && k < own->count; k++)
			suggest_offer(&s, own->pair[k].key->text);
		const char *shown = text_cut(w->a->scratch, text_escape(w->a->scratch, name), 80);

		manifest_tell(w->a, &(struct manifest_told){
			.rule = RULE_COLLECTOR_PIPELINE, .in = w->in,
			.at = w->place ? w->place : list->item[i],
			.symbol = arena_printf(w->a->scratch, "%s %s %s", pipeline, part, name),
			.message = arena_printf(w->a->scratch,
				"%s: '%s' names '%s', which '%s' does not define%s", w->label,
				text_cut(w->a->scratch, text_escape(w->a->scratch, pipeline), 80),
				shown, part, suggest_text(&s, "", near)),
		});
	}
}

static void judge_config(struct work *w)
{
	static const struct { const char *part; bool connects; } parts[] = {
		{ "receivers", true }, { "processors", false }, { "exporters", true },
	};
	const struct yaml_node *all = manifest_at(w->config, "service", "pipelines", NULL);

	judge_names(w, "service.extensions", "extensions", false,
		    manifest_at(w->config, "service", "extensions", NULL));
	for (uint32_t i = 0; all && all->kind == YAML_MAP && i < all->count; i++)
		for (unsigned p = 0; p < ARRAY_SIZE(parts); p++)
			judge_names(w, all->pair[i].key->text, parts[p].part, parts[p].connects,
				    yaml_get(all->pair[i].value, parts[p].part));
}

/* A configuration in a text: its places are those of the text. */
static void judge_text(struct work *w, const struct manifest *m, const struct yaml_node *text)
{
	struct err err = ERR_INIT;
	struct yaml_node *root;

	if (!strstr(text->text, "pipelines:") || !strstr(text->text, "exporters") ||
	    yaml_read(m->path, text->text, strlen(text->text), w->a->scratch, &root, &err) ||
	    !manifest_at(root, "service", "pipelines", NULL))
		return;
	w->in = m;
	w->config = root;
	w->place = text;
	w->label = manifest_label(m, w->a->scratch);
	judge_config(w);
}

static void judge_manifest(struct work *w, const struct manifest *m)
{
	const struct yaml_node *data = yaml_get(m->root, "data");
	const struct yaml_node *config = manifest_at(m->root, "spec", "config", NULL);

	if (!strcmp(m->kind, "ConfigMap"))
		for (uint32_t i = 0; data && data->kind == YAML_MAP && i < data->count; i++)
			if (data->pair[i].value->kind == YAML_TEXT)
				judge_text(w, m, data->pair[i].value);
	if (strcmp(m->kind, "OpenTelemetryCollector") != 0 || !config)
		return;
	if (config->kind == YAML_TEXT) {
		judge_text(w, m, config);
		return;
	}
	w->in = m;
	w->config = config;
	w->place = NULL;
	w->label = manifest_label(m, w->a->scratch);
	judge_config(w);
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct work w = { .a = a };

	for (uint32_t i = 0; i < a->manifests->count; i++)
		judge_manifest(&w, &a->manifests->item[i]);
	for (uint32_t i = 0; i < a->manifests->ncollectors; i++) {
		const struct manifest_file *f = &a->manifests->collector[i];
		const struct manifest own = {
			.path = f->path, .kind = "collector", .api = "", .name = "", .space = "",
		};

		w.in = &own;
		w.config = f->root;
		w.place = NULL;
		w.label = "the collector";
		judge_config(&w);
	}
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = { RULE_COLLECTOR_PIPELINE };

const struct analyzer analyzer_meshcollector = {
	.name = "meshcollector",
	.summary = "pipelines of a collector that name what is not defined",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
