/* SPDX-License-Identifier: MIT */
/*
 * mesh_names.c - what only counts when it is spelt as the mesh reads it: names of ports,
 * labels of injection.  Istio's analysis: IST0118, IST0123, IST0146, IST0147, IST0150.
 */
#include "analyzers/mesh/objects.h"
#include "analyzers/mesh/inject.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static const char *const protocols[] = {
	"grpc-web", "grpc", "http", "http2", "http3", "https", "mongo", "mysql", "quic", "redis",
	"tcp", "tls", "udp", "hbone", "double-hbone", "ws", "wss",
};

struct work {
	const struct analysis *a;
	const struct objects *o;
	bool mesh;                      /* something here belongs to Istio, or asks for it */
	uint64_t judged;
};

static const char *shown(const struct work *w, const char *text)
{
	return text_cut(w->a->scratch, text_escape(w->a->scratch, text), 80);
}

/* ---- names of ports ---- */

static bool is_named(const char *name)
{
	size_t n = strcspn(name, "-");

	if (!strncasecmp(name, protocols[0], strlen(protocols[0])))
		return true;
	for (unsigned i = 1; i < ARRAY_SIZE(protocols); i++)
		if (strlen(protocols[i]) == n && !strncasecmp(name, protocols[i], n))
			return true;
	return false;
}

/* Istio takes what servers that speak first listen on for TCP, whatever its name. */
static bool is_well_known(const struct yaml_node *port)
{
	static const uint32_t numbers[] = { 25, 3306, 27017, 9042, 6379 };
	uint32_t own;

	if (!port || !yaml_uint(port, &own))
		return false;
	for (unsigned i = 0; i < ARRAY_SIZE(numbers); i++)
		if (own == numbers[i])
			return true;
	return false;
}

static void judge_port(struct work *w, const struct manifest *m, const struct yaml_node *port)
{
	const char *name = manifest_text(yaml_get(port, "name"));
	const struct yaml_node *number = yaml_get(port, "port");
	const char *protocol = manifest_text(yaml_get(port, "protocol"));

	w->judged++;
	if (*manifest_text(yaml_get(port, "appProtocol")) || is_named(name) ||
	    !strcmp(protocol, "UDP") || !strcmp(protocol, "SCTP") || is_well_known(number))
		return;
	const struct yaml_node *at = yaml_get(port, "name");

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_PORT_NAME, .in = m, .at = at ? at : number ? number : port,
		.most = w->mesh ? SEV_OFF : SEV_INFO,
		.symbol = arena_printf(w->a->scratch, "%s %s", manifest_text(number), name),
		.message = arena_printf(w->a->scratch, *name ?
			"%s: the name of port %s, '%s', does not begin with a protocol" :
			"%s: port %s has no name that says its protocol",
			manifest_label(m, w->a->scratch), shown(w, manifest_text(number)),
			shown(w, name)),
	});
}

static bool is_system(const struct manifest *m)
{
	const struct yaml_node *labels = manifest_at(m->root, "metadata", "labels", NULL);

	/* As Istio tells its own parts. */
	return !strncmp(m->space, "kube-", 5) || (labels && (yaml_get(labels, "istio") ||
		!strcmp(manifest_text(yaml_get(labels, "release")), "istio")));
}

/* For a name outside a port that is plain TCP, or may be, has no host to go by. */
static void judge_external(struct work *w, const struct manifest *m, const struct yaml_node *port)
{
	const struct yaml_node *at = yaml_get(port, "name"), *number = yaml_get(port, "port");
	const char *name = manifest_text(at), *protocol = manifest_text(yaml_get(port, "protocol"));
	bool tcp = !strncasecmp(name, "tcp", 3) && (!name[3] || name[3] == '-');

	w->judged++;
	if ((*protocol && strcmp(protocol, "TCP") != 0) || (is_named(name) && !tcp) ||
	    *manifest_text(yaml_get(port, "appProtocol")))
		return;
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_PORT_NAME, .in = m, .at = at ? at : number ? number : port,
		.symbol = arena_printf(w->a->scratch, "%s %s", manifest_text(number), name),
		.message = arena_printf(w->a->scratch,
			"%s is an ExternalName, and its port %s is plain TCP: the proxy takes "
			"every host on that port for it", manifest_label(m, w->a->scratch),
			shown(w, manifest_text(number))),
	});
}

static void judge_service(struct work *w, const struct manifest *m)
{
	const struct yaml_node *list = manifest_at(m->root, "spec", "ports", NULL);
	const char *type = manifest_text(manifest_at(m->root, "spec", "type", NULL));
	bool external = !strcmp(type, "ExternalName");

	if (is_system(m))
		return;
	for (uint32_t i = 0; external && i < manifest_count(list); i++)
		judge_external(w, m, list->item[i]);
	if (external)
		return;
	for (uint32_t i = 0; list && list->kind == YAML_LIST && i < list->count; i++)
		judge_port(w, m, list->item[i]);
}

/* ---- injection ---- */

static void judge_namespace(struct work *w, const struct manifest *m)
{
	const struct yaml_node *labels = manifest_at(m->root, "metadata", "labels", NULL);
	const struct yaml_node *on = labels ? yaml_get(labels, "istio-injection") : NULL;
	const struct yaml_node *rev = labels ? yaml_get(labels, "istio.io/rev") : NULL;
	const struct yaml_node *ambient = labels ? yaml_get(labels, "istio.io/dataplane-mode") :
					  NULL;
	const struct yaml_node *first = on ? on : rev, *second = on && rev ? rev : ambient;

	w->judged++;
	/* Disabled is disabled, whatever else is there. */
	if (!first || !second || (on && !strcmp(on->text, "disabled")))
		return;
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_INJECTION_LABELS, .in = m, .at = second,
		.message = arena_printf(w->a->scratch,
			"%s is labelled '%s: %s' and '%s: %s': one counts, the other does not",
			manifest_label(m, w->a->scratch),
			first == on ? "istio-injection" : "istio.io/rev", shown(w, first->text),
			second == rev ? "istio.io/rev" : "istio.io/dataplane-mode",
			shown(w, second->text)),
		.symbol = "",
	});
}

/* The image that injection fills in: without it the pod never starts. */
static void judge_auto(struct work *w, const struct object *o, const struct yaml_node *own,
		       enum injection space)
{
	const struct yaml_node *list = object_containers(o);
	bool wanted = own ? !strcmp(own->text, "true") && space != INJECTION_OFF :
			    space == INJECTION_ON || (space == INJECTION_UNKNOWN && !*o->m->space);

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const struct yaml_node *image = yaml_get(list->item[i], "image");

		if (strcmp(manifest_text(image), "auto") != 0)
			continue;
		w->judged++;
		if (!wanted)
			manifest_tell(w->a, &(struct manifest_told){
				.rule = RULE_INJECTION_INEFFECTIVE, .in = o->m, .at = image,
				.symbol = "auto",
				.message = arena_printf(w->a->scratch,
					"%s has 'image: auto', and nothing here asks for the "
					"sidecar that would fill it in",
					manifest_label(o->m, w->a->scratch)),
			});
	}
}

static void judge_workload(struct work *w, const struct object *o)
{
	const struct yaml_node *labels = object_labels(o), *notes = object_annotations(o);
	const struct yaml_node *label = labels ? yaml_get(labels, INJECT_KEY) : NULL;
	const struct yaml_node *note = notes ? yaml_get(notes, INJECT_KEY) : NULL;
	enum injection space = injection_of_space(w->o, o->m->space);
	const char *why = NULL;

	judge_auto(w, o, label ? label : note, space);
	if (!label && !note)
		return;
	w->judged++;
	const struct yaml_node *at = label ? label : note;
	bool wants = !strcmp(at->text, "true");

	if (wants && space == INJECTION_OFF)
		why = "its namespace is labelled 'istio-injection: disabled', which nothing "
		      "overrides";
	else if (wants && !label && space == INJECTION_NONE)
		why = "the annotation alone asks nobody: its namespace has no label for injection, "
		      "and the pod only the annotation, not the label";
	if (!why)
		return;
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_INJECTION_INEFFECTIVE, .in = o->m, .at = at, .symbol = "",
		.message = arena_printf(w->a->scratch, "%s asks for a sidecar and gets none: %s",
					manifest_label(o->m, w->a->scratch), why),
	});
}

static bool asks(const struct yaml_node *labels)
{
	for (uint32_t i = 0; labels && labels->kind == YAML_MAP && i < labels->count; i++)
		if (manifest_is_istio(labels->pair[i].key->text) ||
		    !strcmp(labels->pair[i].key->text, "istio-injection"))
			return true;
	return false;
}

static bool is_mesh(const struct manifests *m, const struct objects *o)
{
	const struct object_list *pods = &o->of[OBJECT_WORKLOAD];

	for (uint32_t i = 0; i < m->count; i++)
		if (strstr(m->item[i].api, "istio.io/") ||
		    asks(manifest_at(m->item[i].root, "metadata", "labels", NULL)))
			return true;
	for (uint32_t i = 0; i < pods->count; i++)
		if (asks(object_labels(&pods->item[i])) || asks(object_annotations(&pods->item[i])))
			return true;
	return false;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct objects o;
	struct work w = { .a = a, .o = &o };

	objects_init(a->manifests, a->scratch, &o);
	w.mesh = is_mesh(a->manifests, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_WORKLOAD].count; i++) {
		const struct object *at = &o.of[OBJECT_WORKLOAD].item[i];

		judge_workload(&w, at);
	}
	for (uint32_t i = 0; i < o.of[OBJECT_SERVICE].count; i++)
		judge_service(&w, o.of[OBJECT_SERVICE].item[i].m);
	for (uint32_t i = 0; i < o.of[OBJECT_NAMESPACE].count; i++)
		judge_namespace(&w, o.of[OBJECT_NAMESPACE].item[i].m);
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_PORT_NAME, RULE_INJECTION_LABELS, RULE_INJECTION_INEFFECTIVE,
};

const struct analyzer analyzer_meshnames = {
	.name = "meshnames",
	.summary = "port names and labels that the mesh does not read",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
