/* SPDX-License-Identifier: MIT */
/* manifest_schema.c - every manifest against the schema of its kind. */
#include "analyzers/mesh/mesh.h"
#include "analyzers/mesh/schema.h"
#include "base/suggest.h"
#include "base/text.h"

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

/* Whose kinds are all in the table: another one is a slip of the pen. */
static bool is_closed(const char *api)
{
	static const char *const groups[] = {
		"networking.istio.io/", "security.istio.io/", "telemetry.istio.io/",
	};

	for (unsigned i = 0; i < ARRAY_SIZE(groups); i++)
		if (!strncmp(api, groups[i], strlen(groups[i])))
			return true;
	return false;
}

/* A kind that is in no row: of another version, misspelt, or none of meshctl's business. */
static bool judge_unknown(const struct work *w)
{
	struct arena *s = w->a->scratch;
	char near[SUGGEST_BYTES];
	const char *api = NULL;
	struct suggest g;

	suggest_init(&g, w->m->kind);
	for (uint32_t i = 0; i < nschema_kinds; i++) {
		const struct schema_kind *k = &schema_kinds[i];

		if (!same_group(k->api, w->m->api))
			continue;
		if (!strcmp(k->kind, w->m->kind))
			api = k->api;
		/* Of several versions once. */
		bool again = false;

		for (uint32_t e = 0; e < i && !again; e++)
			again = !strcmp(schema_kinds[e].kind, k->kind);
		if (!again)
			suggest_offer(&g, k->kind);
	}
	if (!api && !is_closed(w->m->api))
		return false;
	const char *own = text_cut(s, text_escape(s, w->m->api), 80);
	const char *kind = text_cut(s, text_escape(s, w->m->kind), 60);

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_MANIFEST_SCHEMA, .in = w->m,
		.at = yaml_get(w->m->root, api ? "apiVersion" : "kind"), .symbol = w->m->api,
		.message = api ? arena_printf(s, "%s: no %s in '%s', but in '%s'",
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
