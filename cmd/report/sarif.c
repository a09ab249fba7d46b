/* SPDX-License-Identifier: MIT */
/*
 * sarif.c - SARIF 2.1.0 as GitHub code scanning takes it: every result has a
 * place, columns in code points, paths relative to %SRCROOT%, GitHub's own
 * fingerprint and one without a line.  What its limits cut off is told as a
 * notification.
 */
#include "cmd/report/sarif.h"
#include "base/limits.h"
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

#include <string.h>

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" \
	       "sarif-schema-2.1.0.json"

struct writer {
	const struct report *r;
	struct places places;
	struct arena scratch;           /* emptied for each result */
};

const char *sarif_level(enum severity severity)
{
	switch (severity) {
	case SEV_OFF:
		return "none";
	case SEV_INFO:
		return "note";
	case SEV_WARNING:
		return "warning";
	case SEV_ERROR:
	case SEV_COUNT:
		break;
	}
	return "error";
}

struct json *sarif_message(const char *text)
{
	struct json *message = json_object();

	json_set_text(message, "text", text);
	return message;
}

/* "[x](1)" would become a link to a place: names may hold it. */
static const char *no_links(const char *text, struct arena *a)
{
	char *out, *to;

	if (!strstr(text, "]("))
		return text;
	out = to = arena_alloc(a, 2 * strlen(text) + 1, 1);
	for (; *text; text++) {
		if (strchr("[]\\", *text))
			*to++ = '\\';
		*to++ = *text;
	}
	return out;
}

static const char *result_text(struct writer *w, const struct finding *f)
{
	struct arena *a = &w->scratch;
	const char *text = full_stop(text_escape(a, f->message), a);

	if (f->fix)
		text = arena_printf(a, "%s %s", text, full_stop(text_escape(a, f->fix), a));
	return no_links(text, a);
}

static struct json *physical(struct writer *w, const struct span *at, const struct place *p)
{
	struct json *where = json_object(), *file = json_object(), *region = json_object();

	const char *path = report_path(w->r, at), *uri = uri_of_path(path, &w->scratch);

	if (*path == '/') {
		json_set_text(file, "uri", arena_printf(&w->scratch, "file://%s", uri));
	} else {
		json_set_text(file, "uri", uri);
		json_set_text(file, "uriBaseId", "%SRCROOT%");
	}
	json_set_int(region, "startLine", p->line);
	json_set_int(region, "startColumn", p->col);
	json_set_int(region, "endLine", p->line);
	json_set_int(region, "endColumn", p->end_col);
	json_set(where, "artifactLocation", file);
	json_set(where, "region", region);
	return where;
}

/* Finding number i; what as in place_at(). */
static struct json *location(struct writer *w, uint32_t i, uint32_t what, const char *words)
{
	const struct finding *f = report_numbered(w->r, i);
	const struct span *at = what ? &f->related[what - 1].at : &f->at;
	struct json *object = json_object();

	json_set(object, "physicalLocation", physical(w, at, place_at(&w->places, i, what)));
	if (words)
		json_set(object, "message", sarif_message(words));
	return object;
}

static const char *related_words(struct writer *w, const struct related *r)
{
	struct arena *a = &w->scratch;

	if (!*r->note)
		return "Another place of it.";
	return no_links(full_stop(text_escape(a, r->note), a), a);
}

static uint32_t related_count(const struct finding *f)
{
	/* The result's own location is one of those that are allowed. */
	uint64_t most = limit_of(LIMIT_SARIF_LOCATIONS) - 1;

	return f->nrelated < most ? f->nrelated : (uint32_t)most;
}

static struct json *related_locations(struct writer *w, uint32_t i)
{
	const struct finding *f = report_numbered(w->r, i);
	struct json *list = json_array();

	for (uint32_t n = 0; n < related_count(f); n++) {
		struct json *at = location(w, i, n + 1, related_words(w, &f->related[n]));

		json_set_int(at, "id", n + 1);
		json_push(list, at);
	}
	return list;
}

/* The hops of a circle or of a way, in order; NULL where there are none. */
static struct json *code_flow(struct writer *w, uint32_t i)
{
	const struct finding *f = report_numbered(w->r, i);
	struct json *steps = NULL;

	for (uint32_t n = 0; n < related_count(f); n++) {
		if (!strstr(f->related[n].note, " -> "))
			continue;
		struct json *step = json_object();

		json_set(step, "location", location(w, i, n + 1, related_words(w, &f->related[n])));
		steps = steps ? steps : json_array();
		json_push(steps, step);
	}
	if (!steps)
		return NULL;
	struct json *thread = json_object(), *threads = json_array();
	struct json *flow = json_object(), *flows = json_array();

	json_set(thread, "locations", steps);
	json_push(threads, thread);
	json_set(flow, "threadFlows", threads);
	json_push(flows, flow);
	return flows;
}

static struct json *suppressions(struct writer *w, const struct finding *f)
{
	struct json *one = json_object(), *list = json_array();
	const char *by = finding_holder(f, &w->scratch);

	json_set_text(one, "kind", f->state == FINDING_IGNORED ? "inSource" : "external");
	json_set_text(one, "status", "accepted");
	json_set_text(one, "justification", full_stop(by, &w->scratch));
	json_push(list, one);
	return list;
}

static struct json *fingerprints(struct writer *w, const struct finding *f, const struct place *p)
{
	struct json *object = json_object();

	if (p->nth)
		json_set_text(object, "primaryLocationLineHash",
			      arena_printf(&w->scratch, "%llx:%u", (unsigned long long)p->hash,
					   p->nth));
	json_set_hex(object, "meshctl/v1", f->fingerprint);
	return object;
}

/* What SARIF has no word for. */
static struct json *properties(const struct finding *f)
{
	struct json *object = json_object();

	json_set_text(object, "id", f->short_id);
	if (*f->from)
		json_set_text(object, "from", f->from);
	if (*f->to)
		json_set_text(object, "to", f->to);
	if (*f->symbol)
		json_set_text(object, "symbol", f->symbol);
	if (f->why)
		json_set_text(object, "why", f->why);
	return object;
}

static struct json *result(struct writer *w, uint32_t i)
{
	const struct finding *f = report_numbered(w->r, i);
	struct json *object = json_object(), *locations = json_array(), *flows;

	json_set_text(object, "ruleId", f->rule->id);
	json_set_int(object, "ruleIndex", f->rule - rule_rows);
	json_set_text(object, "level", sarif_level(f->severity));
	json_set(object, "message", sarif_message(result_text(w, f)));
	json_push(locations, location(w, i, 0, NULL));
	json_set(object, "locations", locations);
	if (f->nrelated)
		json_set(object, "relatedLocations", related_locations(w, i));
	flows = code_flow(w, i);
	if (flows)
		json_set(object, "codeFlows", flows);
	json_set(object, "partialFingerprints", fingerprints(w, f, place_at(&w->places, i, 0)));
	bool old = f->state == FINDING_BASELINED || f->state == FINDING_KNOWN;

	json_set_text(object, "baselineState", old ? "unchanged" : "new");
	/* What the base of a change has too is old, but nobody has accepted it. */
	if (f->state != FINDING_NEW && f->state != FINDING_KNOWN)
		json_set(object, "suppressions", suppressions(w, f));
	json_set(object, "properties", properties(f));
	return object;
}

static void notify(struct json *list, const char *level, const char *text)
{
	struct json *object = json_object();

	json_set_text(object, "level", level);
	json_set(object, "message", sarif_message(text));
	json_push(list, object);
}

/* Whether the run is worth anything, and what its limits cut off. */
static struct json *invocations(struct writer *w, uint32_t left_out)
{
	const struct report *r = w->r;
	struct json *list = json_array(), *object = json_object(), *notes = json_array();
	struct arena *a = &w->scratch;

	json_set_bool(object, "executionSuccessful", !r->error && !r->incomplete);
	json_set_int(object, "exitCode", r->status);
	if (r->error)
		notify(notes, "error", full_stop(text_escape(a, r->error), a));
	if (r->incomplete)
		notify(notes, "error", full_stop(arena_printf(a, "incomplete: %s",
			text_escape(a, r->incomplete)), a));
	if (left_out)
		notify(notes, "warning", arena_printf(a, "%s left out: this format takes %s.",
			text_count(a, left_out, "finding", "findings"),
			text_number(a, limit_of(LIMIT_SARIF_RESULTS))));
	if (w->places.unread)
		notify(notes, "warning", arena_printf(a, "%s with findings cannot be read "
			"again: columns count bytes there, lines have no hash.",
			text_count(a, w->places.unread, "file", "files")));
	json_set(object, "toolExecutionNotifications", notes);
	json_push(list, object);
	return list;
}

/* Its path is the machine's own: consumers have theirs. */
static struct json *base_ids(void)
{
	struct json *ids = json_object(), *root = json_object();

	json_set(root, "description", sarif_message("The root of the repository."));
	json_set(ids, "%SRCROOT%", root);
	return ids;
}

static void write_run(struct writer *w, struct json_out *j)
{
	const struct report *r = w->r;
	uint32_t all = r->error ? 0 : r->findings->count + r->findings->nheld;
	uint64_t most = limit_of(LIMIT_SARIF_RESULTS);
	uint32_t shown = all < most ? all : (uint32_t)most;
	struct json *automation = json_object();

	json_out_open(j, "tool", JSON_OBJECT);
	sarif_driver(r, j);
	json_out_close(j);
	json_out_member(j, "invocations", invocations(w, all - shown));
	/* Up to the last slash it is the category of an upload. */
	json_set_text(automation, "id", arena_printf(&w->scratch, "meshctl/%s/", r->command));
	json_out_member(j, "automationDetails", automation);
	json_out_text(j, "columnKind", "unicodeCodePoints");
	json_out_member(j, "originalUriBaseIds", base_ids());
	json_out_open(j, "results", JSON_ARRAY);
	for (uint32_t i = 0; i < shown; i++) {
		json_out_value(j, result(w, i));
		arena_reset(&w->scratch);
	}
	json_out_close(j);
}

static int write_sarif(const struct report *r, FILE *out, struct err *err)
{
	struct writer w = { .r = r };
	struct json_out j;

	if (!r->error)
		places_init(r, true, &w.places);
	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_text(&j, "$schema", SCHEMA);
	json_out_text(&j, "version", "2.1.0");
	json_out_open(&j, "runs", JSON_ARRAY);
	json_out_open(&j, NULL, JSON_OBJECT);
	write_run(&w, &j);
	json_out_close(&j);
	json_out_close(&j);
	json_out_close(&j);
	places_release(&w.places);
	arena_release(&w.scratch);
	return json_out_finish(&j, err);
}

const struct reporter reporter_sarif = {
	.name = "sarif", .summary = "SARIF 2.1.0, for GitHub code scanning and editors",
	.tells_failure = true, .write = write_sarif,
};
