/* SPDX-License-Identifier: MIT */
/*
 * setup_cache.c - meshctl setup cache: looks at the fact cache, or deletes the
 * older half of it or all.  cmd/report/cache.schema.json describes the JSON.
 */
#include "base/json.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/report/text.h"
#include "cmd/subcommand.h"
#include "graph/source/factcache.h"

#include <string.h>
#include <time.h>

enum action { CACHE_STATUS, CACHE_PRUNE, CACHE_CLEAR, CACHE_ACTIONS };

static const char *const action_name[CACHE_ACTIONS] = {
	[CACHE_STATUS] = "status",
	[CACHE_PRUNE] = "prune",
	[CACHE_CLEAR] = "clear",
};

struct cache_report {
	enum action action;
	uint64_t freed;
	struct factcache_status status; /* after the action */
	int64_t now;
	struct arena *arena;
};

static const char *age_words(const struct cache_report *c, int64_t since)
{
	int64_t s = c->now > since ? c->now - since : 0;

	if (!since)
		return "age unknown";
	if (s < 120)
		return "begun just now";
	if (s < 7200)
		return arena_printf(c->arena, "begun %s ago",
				    text_count(c->arena, (uint64_t)s / 60, "minute", "minutes"));
	if (s < 172800)
		return arena_printf(c->arena, "begun %s ago",
				    text_count(c->arena, (uint64_t)s / 3600, "hour", "hours"));
	return arena_printf(c->arena, "begun %s ago",
			    text_count(c->arena, (uint64_t)s / 86400, "day", "days"));
}

static const char *half_words(const struct cache_report *c, bool present, uint64_t entries,
			      uint64_t bytes, int64_t since)
{
	struct arena *a = c->arena;

	if (!present)
		return "empty";
	return arena_printf(a, "%s, %s, %s", text_count(a, entries, "entry", "entries"),
			    text_bytes(a, bytes), age_words(c, since));
}

static void write_text(const struct cache_report *c, const struct output *o)
{
	const struct factcache_status *s = &c->status;
	const struct report r = { .color = o->color };
	struct arena *a = c->arena;
	FILE *out = o->file;

	if (c->action != CACHE_STATUS)
		text_block(&r, out, "deleted", text_bytes(a, c->freed));
	text_block(&r, out, "folder", text_escape(a, *s->folder ? s->folder : "none"));
	text_block(&r, out, "newer", half_words(c, s->young.present, s->young.entries,
						s->young.bytes, s->young.since));
	text_block(&r, out, "older", half_words(c, s->old.present, s->old.entries, s->old.bytes,
						s->old.since));
	text_block(&r, out, "size", arena_printf(a, "%s of at most %s",
						 text_bytes(a, s->young.bytes + s->old.bytes),
						 text_bytes(a, s->limit)));
	if (s->asked)
		text_block(&r, out, "found",
			   arena_printf(a, "%s of %s asked for, %.1f %%, in %s",
					text_number(a, s->found),
					text_count(a, s->asked, "file", "files"),
					100.0 * (double)s->found / (double)s->asked,
					text_count(a, s->runs, "run", "runs")));
	if (s->note)
		text_block(&r, out, "note", text_escape(a, s->note));
}

static struct json *half_json(const char *name, bool present, uint64_t entries, uint64_t bytes,
			      int64_t since)
{
	struct json *j = json_object();

	json_set_text(j, "name", name);
	json_set_bool(j, "present", present);
	json_set_int(j, "entries", (int64_t)entries);
	json_set_int(j, "bytes", (int64_t)bytes);
	if (since)
		json_set_int(j, "since", since);
	else
		json_set(j, "since", NULL);
	return j;
}

static int write_json(const struct cache_report *c, const struct output *o, struct err *err)
{
	const struct factcache_status *s = &c->status;
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "setup");
	json_out_text(&j, "tool", "cache");
	json_out_text(&j, "action", action_name[c->action]);
	json_out_int(&j, "deleted", (int64_t)c->freed);
	json_out_text(&j, "folder", s->folder);
	json_out_text(&j, "note", s->note);
	json_out_int(&j, "limit", (int64_t)s->limit);
	json_out_int(&j, "bytes", (int64_t)(s->young.bytes + s->old.bytes));
	json_out_open(&j, "generations", JSON_ARRAY);
	json_out_value(&j, half_json("newer", s->young.present, s->young.entries, s->young.bytes,
				     s->young.since));
	json_out_value(&j, half_json("older", s->old.present, s->old.entries, s->old.bytes,
				     s->old.since));
	json_out_close(&j);
	json_out_int(&j, "runs", (int64_t)s->runs);
	json_out_int(&j, "asked", (int64_t)s->asked);
	json_out_int(&j, "found", (int64_t)s->found);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

static int find_action(const char *name, enum action *ret, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < CACHE_ACTIONS; i++) {
		if (!strcmp(action_name[i], name)) {
			*ret = (enum action)i;
			return 0;
		}
		suggest_offer(&s, action_name[i]);
	}
	return err_set(err, ERR_USAGE, "unknown action '%.100s'%s", name,
		       s.count ? suggest_text(&s, "", near) :
				 ": write status, prune or clear");
}

static int cache_run(struct run *run, struct err *err)
{
	struct cache_report c = { .now = (int64_t)time(NULL), .arena = run->arena };
	const struct factcache_options o = { 0 };
	int rc = 0;

	if (run->noperands && find_action(run->operand[0], &c.action, err))
		return -1;
	if (c.action != CACHE_STATUS &&
	    factcache_delete(&o, c.action == CACHE_CLEAR, &c.freed, err))
		return -1;
	factcache_status(&o, run->arena, &c.status);
	for (unsigned i = 0; !rc && i < run->noutputs; i++) {
		const struct output *out = &run->output[i];

		if (strcmp(out->format, "json"))
			write_text(&c, out);
		else
			rc = write_json(&c, out, err);
	}
	return rc ? rc : EXIT_CLEAN;
}

static const char *const formats[] = { "text", "json", NULL };

const struct subcommand setup_cache = {
	.name = "cache",
	.summary = "look at the fact cache, or delete it",
	.operands = "[status|prune|clear]",
	.min_operands = 0,
	.max_operands = 1,
	.options = OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_COLOR),
	.formats = formats,
	.run = cache_run,
};
