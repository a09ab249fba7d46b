/* SPDX-License-Identifier: MIT */
/* manifest_schema.c - every manifest against the schema of its kind. */
#include "analyzers/mesh/mesh.h"
#include "analyzers/mesh/schema.h"
#include "base/suggest.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct work {
	const struct analysis *a;
	const struct manifest *m;
};

static void tell(void *ctx, const struct schema_fault *f)
{
	const struct work *w = ctx;

	/* A document is a map, which begins where its first key does. */
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_MANIFEST_SCHEMA, .in = w->m, .at = f->at, .symbol = f->where,
		.message = arena_printf(w->a->scratch, "%s: %s",
					manifest_label(w->m, w->a->scratch), f->message),
	});
}

/* "networking.istio.io" of "networking.istio.io/v1"; "" of "v1". */
static size_t group_len(const char *api)
{
	const char *slash = strrchr(api, '/');

	return slash ? (size_t)(slash - api) : 0;
}

static bool same_group(const char *a, const char *b)
{
	size_t n = group_len(a);

	return n == group_len(b) && !strncmp(a, b, n);
}

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Whose kinds are all in the table, but for few that nobody keeps in a file. */
static bool is_closed(const char *api, const char *kind)
{
	static const char *const groups[] = {
		"networking.istio.io/", "security.istio.io/", "telemetry.istio.io/", "apps/",
		"batch/",
	};
	static const char *const left_out[] = {
		"Binding", "ComponentStatus", "ControllerRevision",
	};
	size_t n = strlen(kind);

	for (unsigned i = 0; i < ARRAY_SIZE(left_out); i++)
		if (!strcmp(kind, left_out[i]))
			return false;
	if (n >= 4 && !strcmp(kind + n - 4, "List"))
		return false;
	for (unsigned i = 0; i < ARRAY_SIZE(groups); i++)
		if (starts(api, groups[i]))
			return true;
	return !strcmp(api, "v1");
}

/* A group of Kubernetes itself: "", apps, extensions, networking.k8s.io; not what CRDs bring. */
static bool is_builtin(const char *api)
{
	size_t n = group_len(api);

	return !memchr(api, '.', n) || (n > 7 && starts(api + n - 7, ".k8s.io") &&
					!starts(api, "gateway.") && !strstr(api, ".x-k8s.io"));
}

/* As Kubernetes orders versions: v1 before v1beta2 before v1beta1 before v1alpha1; 0 = none. */
static uint32_t version_rank(const char *api, bool *ret_stable)
{
	const char *at = api + group_len(api), *tail;
	char *end;

	at += *at == '/';
	*ret_stable = false;
	if (*at != 'v' || at[1] < '0' || at[1] > '9')
		return 0;
	uint32_t major = (uint32_t)strtoul(at + 1, &end, 10) & 0xff;

	tail = end;
	*ret_stable = !*tail;
	if (!*tail)
		return 0x20000 + major * 0x100;
	bool beta = starts(tail, "beta");

	if (!beta && !starts(tail, "alpha"))
		return 0;
	return (beta ? 0x10000u : 0) + major * 0x100 +
	       ((uint32_t)strtoul(tail + (beta ? 4 : 5), &end, 10) & 0xff);
}

/* The schemas know a draft of it, and this is a later one. */
static bool is_ahead(const char *own, const char *known)
{
	bool stable, known_stable;
	uint32_t a = version_rank(own, &stable), b = version_rank(known, &known_stable);

	return a && b && !known_stable && a > b;
}

/* Where the kind is: the latest version of its group, else another group of Kubernetes. */
static const char *api_of(const struct manifest *m, struct suggest *near)
{
	const char *own = NULL, *other = NULL;
	bool stable;

	for (uint32_t i = 0; i < nschema_kinds; i++) {
		const struct schema_kind *k = &schema_kinds[i];
		bool same = same_group(k->api, m->api), again = false;

		if (!same && !(is_builtin(k->api) && is_builtin(m->api)))
			continue;
		if (!strcmp(k->kind, m->kind) && same &&
		    (!own || version_rank(k->api, &stable) > version_rank(own, &stable)))
			own = k->api;
		else if (!strcmp(k->kind, m->kind) && !same)
			other = k->api;
		/* Of several versions once. */
		for (uint32_t e = 0; e < i && !again; e++)
			again = !strcmp(schema_kinds[e].kind, k->kind);
		if (!again && same)
			suggest_offer(near, k->kind);
	}
	return own ? own : other;
}

/* A kind that is in no row: of another version, misspelt, or none of meshctl's business. */
static bool judge_unknown(const struct work *w)
{
	struct arena *s = w->a->scratch;
	char near[SUGGEST_BYTES];
	struct suggest g;

	suggest_init(&g, w->m->kind);
	const char *api = api_of(w->m, &g);

	if (!api && !is_closed(w->m->api, w->m->kind))
		return false;
	/* Programs keep their settings under such names too, as kubectl does. */
	if (is_builtin(w->m->api) && !yaml_get(w->m->root, "metadata"))
		return false;
	const char *own = text_cut(s, text_escape(s, w->m->api), 80);
	const char *kind = text_cut(s, text_escape(s, w->m->kind), 60);
	bool ahead = api && same_group(api, w->m->api) && is_ahead(w->m->api, api);

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_MANIFEST_SCHEMA, .in = w->m,
		.at = yaml_get(w->m->root, api ? "apiVersion" : "kind"), .symbol = w->m->api,
		.most = ahead ? SEV_INFO : SEV_OFF,
		.message = ahead ? arena_printf(s, "%s: '%s' is later than the schemas here, "
						"which know '%s': it is not judged",
						manifest_label(w->m, s), own, api) :
			api ? arena_printf(s, "%s: no %s in '%s', but in '%s'",
					   manifest_label(w->m, s), kind, own, api) :
			arena_printf(s, "'%s' has no kind '%s'%s", own, kind,
				     suggest_text(&g, "", near)),
	});
	return true;
}

/* A cluster takes nothing without a name; no schema says so. */
static void judge_name(const struct work *w)
{
	const char *prefix = manifest_text(manifest_at(w->m->root, "metadata", "generateName",
						       NULL));

	if (*w->m->name || *prefix)
		return;
	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_MANIFEST_SCHEMA, .in = w->m, .symbol = "metadata.name",
		.message = arena_printf(w->a->scratch, "%s: 'metadata' has no 'name'",
					text_escape(w->a->scratch, w->m->kind)),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct schema_run *r = schema_run_new(a->scratch);

	*ret_judged = 0;
	for (uint32_t i = 0; i < a->manifests->count; i++) {
		struct work w = { a, &a->manifests->item[i] };
		uint32_t kind = schema_find(w.m->api, w.m->kind);
		struct arena own = ARENA_INIT;

		if (kind == SCHEMA_NO_KIND) {
			*ret_judged += judge_unknown(&w);
			continue;
		}
		schema_check(r, w.m->root, kind, w.m->patch, &own, tell, &w);
		judge_name(&w);
		++*ret_judged;
		arena_release(&own);
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_MANIFEST_SCHEMA };

const struct analyzer analyzer_manifestschema = {
	.name = "manifestschema",
	.summary = "manifests against the schemas of their kinds",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
