/* SPDX-License-Identifier: MIT */
/*
 * baseline_status.c - meshctl baseline status: how much is accepted, of which
 * rule, context and owner, how old it is; what is gone, over or renamed.
 */
#include "base/date.h"
#include "base/text.h"
#include "cmd/baseline_verbs.h"
#include "graph/source/filehistory.h"

#include <stdlib.h>
#include <string.h>

#define LISTED 10u                      /* entries of a state on a screen, without --all */
#define SCREEN 100u
#define MARGIN 10u
#define NOT_YET INT64_MAX
#define NO_OWNER "no owner"

/* Entries with one name of a kind: a rule, a context, an owner. */
struct group {
	const char *name;
	uint32_t entries, fixed, expired, dated;
	int64_t since;                  /* the oldest; NOT_YET = none was committed */
};
struct groups { struct group *item; uint32_t count, cap; };

struct status {
	const struct judge *j;
	const struct baseline *b;
	const struct settled_entry *state;
	int64_t *since;                 /* [nentries] when it was accepted, as git knows */
	bool aged;                      /* git knows of some */
	struct arena *arena;
	struct groups rules, contexts, owners;
	uint32_t of_state[ENTRY_UNKNOWN + 1];
};

static const char *const state_name[] = {
	[ENTRY_HOLDS] = "holds", [ENTRY_RENAMED] = "renamed", [ENTRY_EXPIRED] = "expired",
	[ENTRY_FIXED] = "fixed", [ENTRY_UNKNOWN] = "unknown",
};

static int by_name(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct group *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

static int by_entries(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct group *a = va, *b = vb;

	if (a->entries != b->entries)
		return a->entries > b->entries ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void count(struct groups *g, const char *name, const struct baseline_entry *e,
		  enum entry_state state, int64_t since)
{
	VEC_RESERVE(g->item, g->cap, g->count + 1);
	g->item[g->count++] = (struct group){
		.name = name, .entries = 1, .fixed = state == ENTRY_FIXED,
		.expired = state == ENTRY_EXPIRED, .dated = e->expires != NULL,
		.since = since,
	};
}

/* One row a name, the most entries first. */
static void unite(struct groups *g)
{
	uint32_t n = 0;

	sort_with(g->item, g->count, sizeof(*g->item), by_name, NULL);
	for (uint32_t i = 0; i < g->count; i++) {
		struct group *to = n ? &g->item[n - 1] : NULL;

		if (!to || strcmp(to->name, g->item[i].name) != 0) {
			g->item[n++] = g->item[i];
			continue;
		}
		to->entries++;
		to->fixed += g->item[i].fixed;
		to->expired += g->item[i].expired;
		to->dated += g->item[i].dated;
		to->since = g->item[i].since < to->since ? g->item[i].since : to->since;
	}
	g->count = n;
	sort_with(g->item, g->count, sizeof(*g->item), by_entries, NULL);
}

/* The context of the package that an entry begins at. */
static const char *context_of(const struct status *s, const char *from)
{
	const struct mapping *m = s->j->session.mapping;
	const struct graph *g = s->j->session.graph;
	uint32_t lo = 0, hi = g->npkgs;
	sym_id id = sym_find(g->syms, from, strlen(from));

	/* Nodes are sorted by identity. */
	while (id.v && lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(sym_text(g->syms, g->id[mid]), from);

		if (!c)
			return m->of[mid].context == POLICY_NONE ? "none" :
			       sym_text(g->syms, m->context[m->of[mid].context].name);
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return mapping_context_find(m, from) == POLICY_NONE ? "none" : from;
}

/*
 * From version to version back as long as the entry is there.  A version that is no
 * baseline ends it for all.
 */
static void find_ages(struct status *s)
{
	const struct file_version *version;
	struct arena arena = ARENA_INIT;
	uint32_t n = file_versions(s->j->session.source, s->j->hold.path, s->arena, &version);
	bool *ended = arena_array(s->arena, bool, s->b->nentries);

	s->since = arena_array(s->arena, int64_t, s->b->nentries);
	for (uint32_t i = 0; i < s->b->nentries; i++)
		s->since[i] = NOT_YET;
	for (uint32_t v = 0; v < n; v++) {
		struct err ignored = ERR_INIT;
		struct baseline *then;

		if (baseline_read("", version[v].bytes, version[v].len, &arena, &then, &ignored))
			break;
		for (uint32_t i = 0; i < s->b->nentries; i++) {
			const struct baseline_entry *e = &s->b->entry[i];

			ended[i] |= !baseline_find(then, e->rule, e->from, e->to, e->symbol);
			if (!ended[i])
				s->since[i] = version[v].time;
		}
		arena_reset(&arena);
		s->aged = true;
	}
	arena_release(&arena);
}

static const char *day_of(int64_t since, char day[DATE_BYTES])
{
	return since == NOT_YET ? "uncommitted" : date_text(since, day);
}

static void count_all(struct status *s)
{
	for (uint32_t i = 0; i < s->b->nentries; i++) {
		const struct baseline_entry *e = &s->b->entry[i];
		const struct rule *rule = rule_find(e->rule);
		enum entry_state state = s->state[i].state;

		s->of_state[state]++;
		count(&s->rules, rule ? rule->name : e->rule, e, state, s->since[i]);
		count(&s->owners, e->owner ? e->owner : NO_OWNER, e, state, s->since[i]);
		if (s->j->session.mapping && s->j->session.mapping->ncontexts)
			count(&s->contexts, context_of(s, e->from), e, state, s->since[i]);
	}
	unite(&s->rules);
	unite(&s->owners);
	unite(&s->contexts);
}

/* ---- text ---- */

static void put_groups(const struct status *s, FILE *out, const char *label, const struct groups *g,
		       bool all)
{
	uint32_t most = all || g->count <= LISTED ? g->count : LISTED;
	size_t width = strlen(label);

	for (uint32_t i = 0; i < most; i++) {
		size_t n = text_width(text_escape(s->arena, g->item[i].name));

		width = n > width ? n : width;
	}
	width = width < SCREEN - 40 ? width : SCREEN - 40;
	if (!g->count)
		return;
	fprintf(out, "%s  entries  fixed  expired  with a day%s\n",
		text_pad(s->arena, label, width), s->aged ? "  since" : "");
	for (uint32_t i = 0; i < most; i++) {
		const struct group *x = &g->item[i];
		char day[DATE_BYTES];

		fprintf(out, "%s  %7u  %5u  %7u  %10u%s%s\n",
			text_pad(s->arena, text_escape(s->arena, x->name), width), x->entries,
			x->fixed, x->expired, x->dated, s->aged ? "  " : "",
			s->aged ? day_of(x->since, day) : "");
	}
	if (most < g->count)
		fprintf(out, "%s: --all\n",
			text_count(s->arena, g->count - most, "more row", "more rows"));
	fputc('\n', out);
}

static const char *what_is_said(const struct baseline_entry *e, int64_t since, struct arena *a)
{
	const char *text = "";
	char day[DATE_BYTES];

	if (e->owner)
		text = arena_printf(a, "%s, %s", text, text_escape(a, e->owner));
	if (e->adr)
		text = arena_printf(a, "%s, ADR %u", text, e->adr);
	if (since != NOT_YET)
		text = arena_printf(a, "%s, since %s", text, date_text(since, day));
	if (e->expires)
		text = arena_printf(a, "%s, until %s", text, e->expires);
	if (e->reason)
		text = arena_printf(a, "%s, \"%s\"", text, text_escape(a, e->reason));
	return text;
}

static void put_entries(const struct status *s, FILE *out, enum entry_state state, bool all)
{
	uint32_t n = 0, most = all ? UINT32_MAX : LISTED;

	for (uint32_t i = 0; i < s->b->nentries; i++) {
		const struct baseline_entry *e = &s->b->entry[i];

		if (s->state[i].state != state || n++ >= most)
			continue;
		const char *path = text_escape(s->arena, s->b->path);
		const char *line = arena_printf(s->arena, "%s:%u", path, e->line);
		const char *to = state != ENTRY_RENAMED ? "" :
				 arena_printf(s->arena, ", now %s",
					      baseline_entry_words(&s->state[i].now, s->arena));

		fprintf(out, "%-*s", (int)MARGIN, n == 1 ? state_name[state] : "");
		text_wrap(out, arena_printf(s->arena, "%s %s%s%s", line,
					    baseline_entry_words(e, s->arena), to,
					    what_is_said(e, s->since[i], s->arena)),
			  MARGIN, SCREEN);
	}
	if (n > most)
		fprintf(out, "%*s%s: --all\n", (int)MARGIN, "",
			text_count(s->arena, n - most, "more", "more"));
	if (n)
		fputc('\n', out);
}

static void put_result(const struct status *s, FILE *out)
{
	static const enum entry_state told[] = {
		ENTRY_RENAMED, ENTRY_EXPIRED, ENTRY_FIXED, ENTRY_UNKNOWN,
	};
	const char *text = arena_printf(s->arena, "%s, %s held back",
		text_count(s->arena, s->b->nentries, "entry", "entries"),
		text_count(s->arena, s->j->hold.settled.baselined, "finding", "findings"));
	char day[DATE_BYTES];

	for (unsigned i = 0; i < ARRAY_SIZE(told); i++)
		if (s->of_state[told[i]])
			text = arena_printf(s->arena, "%s, %s %s", text,
					    text_number(s->arena, s->of_state[told[i]]),
					    state_name[told[i]]);
	if (s->of_state[ENTRY_FIXED] || s->of_state[ENTRY_RENAMED])
		text = arena_printf(s->arena, "%s: 'meshctl baseline update' cleans up", text);
	fprintf(out, "%-*s", (int)MARGIN, "checked");
	text_wrap(out, arena_printf(s->arena, "%s%s", text_escape(s->arena, s->b->path),
				    s->j->hold.dated ? arena_printf(s->arena, ", as of %s",
				    date_text(s->j->hold.now, day)) : ", on no known day: --now"),
		  MARGIN, SCREEN);
	fprintf(out, "%-*s", (int)MARGIN, "result");
	text_wrap(out, arena_printf(s->arena, "%s; exit 0", text), MARGIN, SCREEN);
}

static void write_text(const struct status *s, FILE *out, bool all)
{
	bool owned = s->owners.count > 1 ||
		     (s->owners.count && strcmp(s->owners.item->name, NO_OWNER) != 0);

	put_groups(s, out, "rule", &s->rules, all);
	put_groups(s, out, "context", &s->contexts, all);
	if (owned)
		put_groups(s, out, "owner", &s->owners, all);
	put_entries(s, out, ENTRY_EXPIRED, all);
	put_entries(s, out, ENTRY_FIXED, all);
	put_entries(s, out, ENTRY_RENAMED, all);
	put_entries(s, out, ENTRY_UNKNOWN, all);
	put_result(s, out);
}

/* ---- JSON ---- */

static void set_day(const struct status *s, struct json *o, int64_t since)
{
	char *day = arena_array(s->arena, char, DATE_BYTES);

	json_set_text(o, "since", since == NOT_YET ? NULL : date_text(since, day));
}

static void json_groups(const struct status *s, struct json_out *out, const char *key,
			const struct groups *g)
{
	json_out_open(out, key, JSON_ARRAY);
	for (uint32_t i = 0; i < g->count; i++) {
		struct json *o = json_object();

		json_set_text(o, "name", g->item[i].name);
		json_set_int(o, "entries", g->item[i].entries);
		json_set_int(o, "fixed", g->item[i].fixed);
		json_set_int(o, "expired", g->item[i].expired);
		json_set_int(o, "dated", g->item[i].dated);
		set_day(s, o, g->item[i].since);
		json_out_value(out, o);
	}
	json_out_close(out);
}

static int write_json(const struct status *s, FILE *file, struct err *err)
{
	struct json_out out;
	char day[DATE_BYTES];

	json_out_init(&out, file, JSON_INDENTED);
	json_out_open(&out, NULL, JSON_OBJECT);
	json_out_int(&out, "schema", 1);
	json_out_text(&out, "baseline", s->j->hold.path);
	json_out_text(&out, "now", s->j->hold.dated ? date_text(s->j->hold.now, day) : NULL);
	json_out_int(&out, "findings", s->j->hold.settled.baselined);
	json_groups(s, &out, "rules", &s->rules);
	json_groups(s, &out, "contexts", &s->contexts);
	json_groups(s, &out, "owners", &s->owners);
	json_out_open(&out, "entries", JSON_ARRAY);
	for (uint32_t i = 0; i < s->b->nentries; i++) {
		struct json *o = baseline_entry_json(&s->b->entry[i]);

		json_set_int(o, "line", s->b->entry[i].line);
		json_set_text(o, "state", state_name[s->state[i].state]);
		set_day(s, o, s->since[i]);
		json_set(o, "now", s->state[i].state != ENTRY_RENAMED ? NULL :
				   baseline_entry_json(&s->state[i].now));
		json_out_value(&out, o);
	}
	json_out_close(&out);
	json_out_close(&out);
	return json_out_finish(&out, err);
}

static int status(struct run *run, struct judge *j, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct status s = {
		.j = j, .b = j->hold.baseline, .state = j->hold.settled.entry, .arena = &arena,
	};
	int rc = EXIT_CLEAN;

	find_ages(&s);
	count_all(&s);
	for (unsigned i = 0; i < run->noutputs && !rc; i++) {
		const struct output *o = &run->output[i];

		if (strcmp(o->format, "json") != 0)
			write_text(&s, o->file, run->set->all);
		else if (write_json(&s, o->file, err))
			rc = -1;
	}
	if (!rc)
		session_doubts(&j->session, run->set, j->report.incomplete);
	free(s.rules.item);
	free(s.owners.item);
	free(s.contexts.item);
	arena_release(&arena);
	return rc;
}

const struct verb verb_status = {
	.name = "status", .operands = "", .options = OPT_TREE | OPT_BIT(OPT_ALL),
	.run = status,
};
