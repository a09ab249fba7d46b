/* SPDX-License-Identifier: MIT */
/* layout_view.c - the starter that fits best and its share, from the code that `init` asks. */
#include "cmd/layout_view.h"
#include "analyzers/edges.h"
#include "analyzers/frameworks.h"
#include "analyzers/propose.h"
#include "base/text.h"
#include "cmd/report/text.h"

#include <string.h>

/* With less of the packages in telling layers a starter is no word for the layout. */
#define FITS_PERCENT 20u
#define WHOLE_PERCENT 75u
/* That fewer packages fit nothing says nothing. */
#define PACKAGES_MIN 10u

/* Of a part of the tree nobody can say how the whole is laid out. */
static bool is_whole(const struct report *r)
{
	const struct graph *g = r->graph;

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (!(g->flags[p] & NODE_REPORTED))
			return false;
	return g->npkgs > 0;
}

/*
 * "router > controller > service > dao > model": those that have packages, outermost
 * first.  A layer that may use any is where programs are, in every tree.
 */
static const char *chain(const struct proposal *p, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = p->policy->nlayers; i-- > 0;)
		if (p->layer_packages[i] && p->policy->layer[i].uses.kind != USES_ANY)
			text = arena_printf(a, "%s%s%s", text, *text ? " > " : "",
					    p->policy->layer[i].name);
	return text;
}

static uint32_t recognised(const struct proposal *p)
{
	return p->starter ? p->layered[p->starter - starter_rows] : 0;
}

/* Of a tree that is helpers for the most part, half of that tells when nearly all has a place. */
static bool fits(const struct proposal *p)
{
	uint64_t telling = (uint64_t)p->telling * 100, needs = (uint64_t)p->packages * FITS_PERCENT;

	if (p->starter && (uint64_t)recognised(p) * 100 >= (uint64_t)p->packages * WHOLE_PERCENT)
		needs /= 2;
	return p->starter && telling >= needs;
}

/* Contexts of a starter that does not fit are none. */
static const char *context_text(const struct proposal *p, struct arena *a)
{
	if (!p->ncontexts || (p->starter_contexts && !fits(p)))
		return "no context repeats";
	return arena_printf(a, "%s %s (%s)",
			    text_count(a, p->ncontexts, "context", "contexts"),
			    p->ncontexts == 1 ? "repeats" : "repeat",
			    text_count(a, p->in_contexts, "package", "packages"));
}

/* `uses` is what frameworks_text() says. */
static const char *guess_text(const struct proposal *p, const char *uses, struct arena *a)
{
	const char *all = text_count(a, p->packages, "package", "packages");
	const char *known = text_number(a, recognised(p)), *contexts = context_text(p, a);
	const char *layers = p->starter ? chain(p, a) : "";

	if (!p->starter)
		return arena_printf(a, "of its own: no starter has layers for more than %u %% of "
				    "%s%s%s; %s", PROPOSE_LEAST_PERCENT, all,
				    *uses ? "; uses " : "", uses, contexts);
	if (!fits(p))
		return arena_printf(a, "of its own: of all starters %s fits best, with layers for "
				    "%s of %s%s%s; %s", p->starter->name, known, all,
				    *uses ? "; uses " : "", uses, contexts);
	return arena_printf(a, "%s%s%s (starter %s%s%s); %s of %s recognised, %s not; %s",
			    p->starter->layout, *layers ? ": " : "", layers,
			    p->starter->name, *uses ? "; " : "", uses, known, all,
			    text_number(a, p->packages - recognised(p)), contexts);
}

/* Where `init` would write a policy. */
static void propose_here(const struct report *r, struct arena *a, struct proposal *ret)
{
	propose_layout(r->source, r->graph, r->source->below ? r->source->below : "", a, ret);
}

static void say_guess(const struct report *r, FILE *out, struct arena *a)
{
	struct proposal p;

	propose_here(r, a, &p);
	if (!p.packages || (!p.starter && !p.ncontexts && p.packages < PACKAGES_MIN))
		return;
	text_block(r, out, "LAYOUT", guess_text(&p, frameworks_text(r->source, a), a));
	fputc('\n', out);
}

/* "service 44, dao 31": the layers that have packages, innermost first. */
static const char *layer_text(const struct mapping *m, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = 0; i < m->policy->nlayers; i++)
		if (m->layer_packages[i])
			text = arena_printf(a, "%s%s" TEXT_GLUE "%s, ", text,
					    text_escape(a, m->policy->layer[i].name),
					    text_number(a, m->layer_packages[i]));
	return text;
}

static void say_policy(const struct report *r, FILE *out, struct arena *a)
{
	const struct mapping *m = r->mapping;

	text_block(r, out, "LAYOUT", arena_printf(a, "%sshared" TEXT_GLUE "%s, unmapped" TEXT_GLUE
		"%s; %s: meshctl" TEXT_GLUE "layers, meshctl" TEXT_GLUE "contexts",
		layer_text(m, a), text_number(a, m->shared), text_number(a, m->unmapped),
		text_count(a, m->ncontexts, "context", "contexts")));
	fputc('\n', out);
}

void layout_block(const struct report *r, FILE *out, struct arena *a)
{
	if (!is_whole(r))
		return;
	if (r->mapping)
		say_policy(r, out, a);
	else
		say_guess(r, out, a);
}

static struct json *layers_of(const struct policy *p, const uint32_t *packages)
{
	struct json *list = json_array();

	for (uint32_t i = 0; p && i < p->nlayers; i++) {
		struct json *o = json_object();

		json_set_text(o, "name", p->layer[i].name);
		json_set_int(o, "packages", packages[i]);
		json_push(list, o);
	}
	return list;
}

static struct json *starters_of(const struct proposal *p)
{
	struct json *list = json_array();

	for (unsigned i = 0; i < STARTER_COUNT; i++) {
		struct json *o = json_object();

		json_set_text(o, "name", starter_rows[i].name);
		json_set_int(o, "packages", p->layered[i]);
		json_push(list, o);
	}
	return list;
}

void layout_member(const struct report *r, struct json_out *out, struct arena *a)
{
	const struct mapping *m = r->mapping;
	struct json *o = json_object();
	struct proposal p = { .packages = 0 };

	if (!is_whole(r)) {
		json_free(o);
		json_out_member(out, "layout", NULL);
		return;
	}
	if (!m)
		propose_here(r, a, &p);
	json_set_bool(o, "guessed", !m);
	json_set_text(o, "starter", m ? m->policy->extends.text :
		      p.starter ? p.starter->name : NULL);
	json_set_int(o, "packages", m ? m->packages : p.packages);
	json_set_int(o, "recognised", m ? m->mapped + m->shared : recognised(&p));
	json_set(o, "layers", m ? layers_of(m->policy, m->layer_packages) :
				  layers_of(p.policy, p.layer_packages));
	json_set_int(o, "contexts", m ? m->ncontexts : p.ncontexts);
	json_set(o, "starters", m ? json_array() : starters_of(&p));
	json_out_member(out, "layout", o);
}
