/* SPDX-License-Identifier: MIT */
/*
 * mesh_notes.c - annotations of Istio's domain that it does not know, does not read where they
 * are or does not take, and what it has given up.
 * Istio's analysis: IST0002, IST0107, IST0108, IST0125, IST0135.
 */
#include "analyzers/mesh/objects.h"
#include "analyzers/mesh/inject.h"
#include "base/suggest.h"
#include "base/text.h"

#include <string.h>

static const struct note { const char *name, *kinds; bool gone; const char *value; } known[] = {
#define ANNOTATION(name, kinds, gone, value) { name, kinds, gone, value },
#include "analyzers/mesh/annotations.def"
#undef ANNOTATION
};

struct work {
	const struct analysis *a;
	uint64_t judged;
};

static bool is_read(const char *key)
{
	return manifest_is_istio(key) || !strcmp(key, "kubernetes.io/ingress.class");
}

/* The kind among "Gateway Pod"? */
static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += n)
		if ((at == words || at[-1] == ' ') && (!at[n] || at[n] == ' '))
			return true;
	return false;
}

/* "80,443", "*", "" */
static bool is_ports(const char *text)
{
	return !strcmp(text, "*") || text[strspn(text, "0123456789, -")] == '\0';
}

/* What the annotation takes instead; NULL = it takes this. */
static const char *wanted(const struct note *n, const struct yaml_node *value)
{
	const char *text = manifest_text(value);
	bool number = *text && !text[strspn(text, "0123456789")];

	if (!strcmp(n->value, "number") && !number)
		return "a number";
	if (!strcmp(n->value, "bool") && strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
		return "true or false";
	if (!strcmp(n->value, "ports") && !is_ports(text))
		return "numbers of ports, or *";
	if (!strcmp(n->value, "mode") && strcmp(text, "REDIRECT") != 0 &&
	    strcmp(text, "TPROXY") != 0 && strcmp(text, "NONE") != 0)
		return "REDIRECT, TPROXY or NONE";
	return NULL;
}

static void tell(const struct work *w, enum rule_id rule, const struct manifest *m,
		 const struct yaml_node *at, const char *text)
{
	manifest_tell(w->a, &(struct manifest_told){
		.rule = rule, .in = m, .at = at, .symbol = at->text,
		.message = arena_printf(w->a->scratch, "%s %s", manifest_label(m, w->a->scratch),
					text),
	});
}

/* What is known, and may still be in the wrong place. */
static void judge_known(struct work *w, const struct manifest *m, const struct note *n,
			const struct yaml_pair *p, const char *kind)
{
	const char *want = wanted(n, p->value), *key = manifest_shown(p->key->text, w->a->scratch);
	struct arena *s = w->a->scratch;

	/* The control plane writes these for itself. */
	if (!strcmp(n->name, "istio.io/rev") || !strcmp(n->name, "sidecar.istio.io/status"))
		return;
	if (*n->kinds && !has_word(n->kinds, kind))
		tell(w, RULE_ANNOTATION_MISUSED, m, p->key, arena_printf(s,
			"has the annotation '%s' on the %s, and Istio reads it of a %s", key,
			manifest_shown(kind, s), n->kinds));
	else if (want)
		tell(w, RULE_ANNOTATION_MISUSED, m, p->key, arena_printf(s,
			"gives the annotation '%s' the value '%s', and it takes %s", key,
			manifest_shown(manifest_text(p->value), s), want));
}

static void judge_gone(const struct work *w, const struct manifest *m, const struct note *n,
		       const struct yaml_node *key, const struct yaml_node *labels)
{
	bool inject = !strcmp(n->name, INJECT_KEY);

	/* Who has both knows it. */
	if (!n->gone || (inject && labels && yaml_get(labels, INJECT_KEY)))
		return;
	tell(w, RULE_DEPRECATED_MESH, m, key, arena_printf(w->a->scratch,
		"has the annotation '%s', which Istio has given up%s", n->name,
		inject ? ": the label of that name counts" : ""));
}

static void judge_note(struct work *w, const struct manifest *m, const struct yaml_pair *p,
		       const char *kind, const struct yaml_node *labels)
{
	const struct note *found = NULL;
	char near[SUGGEST_BYTES];
	struct suggest s;

	w->judged++;
	suggest_init(&s, p->key->text);
	for (unsigned k = 0; k < ARRAY_SIZE(known); k++) {
		if (!strcmp(known[k].name, p->key->text))
			found = &known[k];
		suggest_offer(&s, known[k].name);
	}
	if (found) {
		judge_known(w, m, found, p, kind);
		judge_gone(w, m, found, p->key, labels);
		return;
	}
	/* What the control plane writes for itself is nobody's mistake. */
	if (strncmp(p->key->text, "internal.istio.io/", 18) != 0 &&
	    !strstr(p->key->text, "operator.istio.io/"))
		tell(w, RULE_MESH_ANNOTATION, m, p->key, arena_printf(w->a->scratch,
			"has the annotation '%s', which Istio does not know%s",
			manifest_shown(p->key->text, w->a->scratch), suggest_text(&s, "", near)));
}

static void judge_map(struct work *w, const struct manifest *m, const struct yaml_node *metadata,
		      const char *kind)
{
	const struct yaml_node *map = manifest_at(metadata, "annotations", NULL);
	const struct yaml_node *labels = manifest_at(metadata, "labels", NULL);

	for (uint32_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++)
		if (is_read(map->pair[i].key->text))
			judge_note(w, m, &map->pair[i], kind, labels);
}

/* ---- fields ---- */

/* Only what a message of Istio's analysis names; schemas know the fields that are gone. */
static void judge_fields(struct work *w, const struct objects *o)
{
	for (uint32_t i = 0; i < o->of[OBJECT_VIRTUAL_SERVICE].count; i++) {
		const struct manifest *m = o->of[OBJECT_VIRTUAL_SERVICE].item[i].m;
		const struct yaml_node *http = manifest_at(m->root, "spec", "http", NULL);

		w->judged += manifest_count(http);
		for (uint32_t r = 0; r < manifest_count(http); r++) {
			const struct yaml_node *delay = manifest_at(http->item[r], "fault", "delay",
								    NULL);
			const struct yaml_pair *p = delay ? yaml_find(delay, "percent") : NULL;

			if (p)
				tell(w, RULE_DEPRECATED_MESH, m, p->key,
				     "has 'percent' of a delay: 'percentage: {value: N}' has taken "
				     "its place");
		}
	}
	for (uint32_t i = 0; i < o->of[OBJECT_SIDECAR].count; i++) {
		const struct manifest *m = o->of[OBJECT_SIDECAR].item[i].m;
		const struct yaml_node *policy = manifest_at(m->root, "spec",
							     "outboundTrafficPolicy", NULL);
		const struct yaml_pair *p = policy ? yaml_find(policy, "egressProxy") : NULL;

		if (p)
			tell(w, RULE_DEPRECATED_MESH, m, p->key,
			     "has an 'egressProxy', which Istio ignores");
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct manifests *m = a->manifests;
	struct work w = { .a = a };
	struct objects o;

	objects_init(m, a->scratch, &o);
	for (uint32_t i = 0; i < m->count; i++)
		judge_map(&w, &m->item[i], manifest_at(m->item[i].root, "metadata", NULL),
			  m->item[i].kind);
	for (uint32_t i = 0; i < o.of[OBJECT_WORKLOAD].count; i++) {
		const struct object *at = &o.of[OBJECT_WORKLOAD].item[i];

		if (at->pod != at->m->root)
			judge_map(&w, at->m, manifest_at(at->pod, "metadata", NULL), "Pod");
	}
	judge_fields(&w, &o);
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_MESH_ANNOTATION, RULE_ANNOTATION_MISUSED, RULE_DEPRECATED_MESH,
};

const struct analyzer analyzer_meshnotes = {
	.name = "meshnotes",
	.summary = "annotations that Istio does not read, fields that it has given up",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
