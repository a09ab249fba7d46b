/* SPDX-License-Identifier: MIT */
/*
 * diff_comment.c - the comment of a pull request: what got worse, what moved, a
 * picture of the packages around; silent where there is nothing to say.
 */
#include "analyzers/gate.h"
#include "base/text.h"
#include "cmd/diff.h"
#include "cmd/report/report_words.h"

#include <stdlib.h>
#include <string.h>

#define MARKER "<!-- meshctl -->\n"     /* by it a program finds its earlier comment */
#define FINDINGS_SHOWN 20u
#define ROWS_SHOWN 100u                 /* of a folded table */
#define NODES_SHOWN 30u
#define KEPT 2000u                      /* bytes for what closes the comment */

struct writer {
	const struct diff *d;
	const struct report *r;
	FILE *out;
	size_t used;
	const char *blob;               /* where files are seen, ends with a slash; "" = here */
	struct arena arena;             /* emptied after each piece */
};

/* A piece as a whole, or not at all. */
static bool put(struct writer *w, const char *text, size_t kept)
{
	size_t len = strlen(text);
	bool fits = len + kept <= DIFF_COMMENT_BYTES - w->used;

	if (fits) {
		fwrite(text, 1, len, w->out);
		w->used += len;
	}
	arena_reset(&w->arena);
	return fits;
}

static bool is_url(const char *text)
{
	return text && (!strncmp(text, "https://", 8) || !strncmp(text, "http://", 7)) &&
	       strlen(text) < 500 && !text[strcspn(text, " \"'()<>[]\\`\r\n\t")];
}

/* In comments a relative link leads nowhere: where CI runs, the commit's pages are known. */
static const char *blob_of(const struct source *s, struct arena *a)
{
	const char *server = getenv("GITHUB_SERVER_URL"), *repo = getenv("GITHUB_REPOSITORY");
	const char *project = getenv("CI_PROJECT_URL"), *url = "";

	if (!s->rev.known || !s->rev.clean || !*s->rev.commit)
		return "";
	if (server && repo)
		url = arena_printf(a, "%s/%s/blob/%s/", server, repo, s->rev.commit);
	else if (project)
		url = arena_printf(a, "%s/-/blob/%s/", project, s->rev.commit);
	return is_url(url) ? url : "";
}

/* A parenthesis would end the link. */
static const char *target_of(const char *path, struct arena *a)
{
	const char *uri = uri_of_path(path, a);
	char *out = arena_alloc(a, strlen(uri) * 3 + 1, 1);
	size_t used = 0;

	for (; *uri; uri++) {
		if (*uri == '(' || *uri == ')') {
			memcpy(out + used, *uri == '(' ? "%28" : "%29", 3);
			used += 3;
		} else {
			out[used++] = *uri;
		}
	}
	out[used] = '\0';
	return out;
}

static const char *link_to(struct writer *w, const char *path, uint32_t place)
{
	struct arena *a = &w->arena;
	const char *uri = target_of(path, a);

	if (!place)
		return arena_printf(a, "[%s](%s%s)", markdown_code(path, a), w->blob, uri);
	return arena_printf(a, "[%s](%s%s#L%u)",
			    markdown_code(arena_printf(a, "%s:%u", path, place), a), w->blob, uri,
			    place);
}

/* ---- the verdict ---- */

static void put_head(struct writer *w)
{
	const struct diff *d = w->d;
	struct arena *a = &w->arena;
	const char *words;

	put(w, MARKER, 0);
	if (w->r->incomplete)
		words = arena_printf(a, "incomplete, %s", markdown_text(w->r->incomplete, a));
	else if (d->gate && d->gate->failed)
		words = arena_printf(a, "FAIL, %s", markdown_text(gate_failures(d->gate, a), a));
	else
		words = d->gate ? "the gate passes" : "no policy, nothing is forbidden";
	put(w, arena_printf(a, "### meshctl: %s\n\n", words), 0);
	put(w, arena_printf(a, "%s\n\n", markdown_text(sides_headline(d->sides, d->head.source,
								      a), a)), 0);
}

static const char *signed_counts(const uint32_t *n, struct arena *a)
{
	return arena_printf(a, "+%u -%u", n[DIFF_ADDED], n[DIFF_REMOVED]);
}

static void put_rows(struct writer *w)
{
	static const char *const words[] = {
		[GATE_OK] = "ok", [GATE_FAIL] = "**FAIL**", [GATE_WARN] = "warn",
		[GATE_OFF] = "off", [GATE_NO_BASE] = "no base",
	};
	const struct gate *g = w->d->gate;
	struct arena *a = &w->arena;
	uint32_t n = 0;

	for (uint32_t i = 0; g && i < g->count; i++) {
		const struct gate_row *row = &g->row[i];
		bool bad = row->verdict == GATE_FAIL || row->verdict == GATE_WARN;

		if (row->verdict == GATE_OFF || (!bad && (!strcmp(row->base, row->now) ||
							  !strcmp(row->base, "-"))))
			continue;
		if (!n++)
			put(w, "| check | base | now | limit | verdict |\n"
			       "| :-- | --: | --: | --: | :-- |\n", 0);
		put(w, arena_printf(a, "| %s | %s | %s | %s | %s%s%s |\n",
				    markdown_text(row->title, a), markdown_text(row->base, a),
				    markdown_text(row->now, a), markdown_text(row->limit, a),
				    words[row->verdict], row->note ? ", " : "",
				    row->note ? markdown_text(row->note, a) : ""), KEPT);
	}
	if (n)
		put(w, "\n", 0);
}

/* ---- findings ---- */

static void put_findings(struct writer *w)
{
	const struct diff *d = w->d;
	struct arena *a = &w->arena;
	uint32_t shown = 0;

	if (d->bad_fresh)
		put(w, arena_printf(a, "**%s**\n\n", text_count(a, d->bad_fresh, "new finding",
								"new findings")), 0);
	while (shown < d->bad_fresh && shown < FINDINGS_SHOWN) {
		const struct finding *f = d->fresh[shown];
		const char *path = sym_text(d->head.source->syms, f->at.path);

		if (!put(w, arena_printf(a, "- **%s** %s %s `%s` `#%s`\n",
					 severity_name[f->severity],
					 markdown_text(f->message, a),
					 link_to(w, *path ? path : ".", f->at.line),
					 f->rule->name, f->short_id),
			 DIFF_COMMENT_BYTES / 2))
			break;
		shown++;
	}
	if (shown < d->bad_fresh)
		put(w, arena_printf(a, "- and %u more\n", d->bad_fresh - shown), 0);
	if (d->bad_fresh)
		put(w, "\n", 0);
	if (d->bad_fixed)
		put(w, arena_printf(a, "%s fixed, %u as before.\n\n",
				    text_count(a, d->bad_fixed, "finding is", "findings are"),
				    d->known), 0);
}

/* ---- the picture ---- */

static int put_picture(struct writer *w, struct err *err)
{
	char *text = NULL;
	size_t len = 0;
	FILE *mem;
	int rc;

	if (!w->d->npackages && !w->d->edges[DIFF_ADDED] && !w->d->edges[DIFF_REMOVED])
		return 0;
	mem = open_memstream(&text, &len);
	if (!mem)
		return err_set(err, ERR_SYSTEM, "out of memory");
	rc = diff_write_mermaid(w->d, NODES_SHOWN, mem, err);
	fclose(mem);
	/* Pieces are whole: half a picture is none. */
	if (!rc && !put(w, arena_printf(&w->arena, "```mermaid\n%s```\n\n", text), KEPT))
		put(w, "The picture is too large for a comment.\n\n", 0);
	free(text);
	return rc;
}

/* ---- folded tables ---- */

static void put_edges(struct writer *w)
{
	static const char *const sign[] = { [DIFF_ADDED] = "new", [DIFF_REMOVED] = "removed",
					    [DIFF_CHANGED] = "changed" };
	const struct diff *d = w->d;
	struct arena *a = &w->arena;
	uint32_t shown = 0;

	if (!d->nedges || !put(w, arena_printf(a, "<details><summary>Imports between packages: "
			       "%s</summary>\n\n| | import | verdict | lines | where |\n"
			       "| :-- | :-- | :-- | --: | :-- |\n", signed_counts(d->edges, a)),
			       KEPT))
		return;
	for (; shown < d->nedges && shown < ROWS_SHOWN; shown++) {
		const struct diff_edge *e = &d->edge[shown];
		bool gone = e->change == DIFF_REMOVED;
		const char *place = arena_printf(a, "%s:%u", e->path, e->line);

		if (!put(w, arena_printf(a, "| %s | %s to %s%s%s | %s | %u → %u | %s |\n",
					 sign[e->change], markdown_code(e->from, a),
					 markdown_code(e->to, a), e->symbols ? ", uses " : "",
					 e->symbols ? markdown_text(e->symbols, a) : "",
					 e->finding && !gone ?
					 arena_printf(a, "**%s** `%s`",
						      diff_verdict_name[e->verdict],
						      e->finding->rule->name) :
					 diff_verdict_name[e->verdict], e->was, e->weight,
					 gone ? markdown_code(place, a) :
					 link_to(w, e->path, e->line)), KEPT))
			break;
	}
	if (shown < d->nedges)
		put(w, arena_printf(a, "\nand %u more\n", d->nedges - shown), 0);
	put(w, "\n</details>\n\n", 0);
}

static void put_packages(struct writer *w)
{
	const struct diff *d = w->d;
	struct arena *a = &w->arena;
	uint32_t shown = 0;

	if (!d->npackages || !put(w, arena_printf(a, "<details><summary>Packages: %s, %u renamed"
				  "</summary>\n\n", signed_counts(d->packages, a),
				  d->packages[DIFF_CHANGED]), KEPT))
		return;
	for (; shown < d->npackages && shown < ROWS_SHOWN; shown++) {
		const struct diff_package *p = &d->package[shown];

		if (!put(w, p->was ? arena_printf(a, "- %s, was %s\n", markdown_code(p->id, a),
						  markdown_code(p->was, a)) :
			 arena_printf(a, "- %s %s%s%s\n", p->change == DIFF_ADDED ? "new" :
				      "removed", markdown_code(p->id, a), p->layer ? ", " : "",
				      p->layer ? markdown_text(p->layer, a) : ""), KEPT))
			break;
	}
	if (shown < d->npackages)
		put(w, arena_printf(a, "- and %u more\n", d->npackages - shown), 0);
	put(w, "\n</details>\n\n", 0);
}

static void put_knots(struct writer *w)
{
	const struct diff *d = w->d;
	struct arena *a = &w->arena;
	uint32_t shown = 0;

	if (!d->nknots || !put(w, "<details><summary>Circles</summary>\n\n", KEPT))
		return;
	for (; shown < d->nknots && shown < ROWS_SHOWN; shown++) {
		const struct diff_knot *k = &d->knot[shown];
		uint32_t now = k->change == KNOT_VANISHED ? 0 : k->nnodes;
		const char *names = "";

		for (uint32_t i = 0; i < k->nnodes && i < 5; i++)
			names = arena_printf(a, "%s%s%s", names, i ? ", " : "",
					     markdown_code(k->node[i], a));
		if (!put(w, arena_printf(a, "- %s at level %s, %u → %u nodes: %s%s\n",
					 diff_knot_name[k->change], k->level, k->was, now, names,
					 k->nnodes > 5 ? ", ..." : ""), KEPT))
			break;
	}
	if (shown < d->nknots)
		put(w, arena_printf(a, "- and %u more\n", d->nknots - shown), 0);
	put(w, "\n</details>\n\n", 0);
}

int diff_write_comment(const struct diff *d, const struct report *r, FILE *out, struct err *err)
{
	struct writer w = { .d = d, .r = r, .out = out, .arena = ARENA_INIT };
	struct arena kept = ARENA_INIT;
	int rc = 0;

	if (r->error) {
		put(&w, MARKER, 0);
		put(&w, arena_printf(&w.arena, "### meshctl: failed\n\n**error:** %s\n",
				     markdown_text(r->error, &w.arena)), 0);
	} else if (!diff_is_quiet(d) || r->incomplete || (d->gate && d->gate->failed)) {
		w.blob = blob_of(d->head.source, &kept);
		put_head(&w);
		put_rows(&w);
		put_findings(&w);
		rc = put_picture(&w, err);
		put_edges(&w);
		put_packages(&w);
		put_knots(&w);
	}
	arena_release(&w.arena);
	arena_release(&kept);
	return rc ? rc : report_flush(out, err);
}
