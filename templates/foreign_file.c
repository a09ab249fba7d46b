/* SPDX-License-Identifier: MIT */
/* foreign_file.c - writes what foreign.h found as a policy, with comments that name the source. */
#include "templates/foreign_file.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FLOW_MAX 90u                    /* columns up to which a list stays on one line */
#define WIDTH 98u

struct writer {
	FILE *out;
	struct arena *arena;
	const struct foreign *f;
	const struct foreign_group *const *layer;
	uint32_t nlayers;
};

static const char *place_of(const struct yaml_node *at, struct arena *arena)
{
	return arena_printf(arena, "%s:%u", text_escape(arena, at->file), at->line);
}

const char *foreign_note_text(const struct foreign *f, const struct foreign_note *n,
			      struct arena *arena)
{
	const char *where = n->at ? place_of(n->at, arena) :
			    f->file ? text_escape(arena, f->file) : f->row->name;

	return arena_printf(arena, "%s %s: %s", where, text_escape(arena, n->key),
			    text_escape(arena, n->text));
}

uint32_t foreign_note_count(const struct foreign *f, bool near)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->nnotes; i++)
		n += f->note[i].near == near;
	return n;
}

static const struct yaml_node *origin(const struct foreign_mark *m)
{
	return m->at && m->source && *m->key ? m->at : NULL;
}

/* Words in lines of comments: `first` before the first one, `later` before the others. */
static void put_comment(const struct writer *w, const char *first, const char *later,
			const char *text)
{
	size_t room = WIDTH - strlen(first);

	fputs(first, w->out);
	for (size_t at = 0, len = strlen(text); at < len;) {
		size_t cut = len - at;

		if (cut > room)
			for (cut = room; cut && text[at + cut] != ' ';)
				cut--;
		cut = cut ? cut : len - at;
		fprintf(w->out, "%.*s\n", (int)cut, text + at);
		at += cut;
		at += at < len && text[at] == ' ';
		if (at < len)
			fputs(later, w->out);
	}
}

/* What the file says of the packages of this layer: "# file:12 components.domain". */
static void put_origin(const struct writer *w, const struct foreign_group *g)
{
	const struct foreign_package *p = &w->f->package[g->speaker];
	const char *file = NULL, *text = "";

	for (uint32_t i = 0; i < w->f->nmarks; i++) {
		const struct foreign_mark *m = &w->f->mark[i];
		const struct yaml_node *at = origin(m);
		bool same = at && file && !strcmp(at->file, file);

		if (!m->source || !*m->key || !foreign_has(p, i))
			continue;
		text = arena_printf(w->arena, "%s%s%s %s", text, *text ? ", " : "",
				    !at ? w->f->row->name :
				    same ? arena_printf(w->arena, "line %u", at->line) :
					   place_of(at, w->arena),
				    text_escape(w->arena, m->key));
		file = at ? at->file : file;
	}
	if (!*text)
		text = arena_printf(w->arena, "nothing in %s is about what these import",
				    w->f->row->name);
	put_comment(w, "  # ", "  # ", text);
}

/* A list of texts behind "key:", on one line where that is short. */
static void put_list(const struct writer *w, unsigned indent, const char *key,
		     const char *const *item, const char *const *remark, uint32_t count)
{
	const char *flow = "[";
	bool remarks = false;

	for (uint32_t i = 0; i < count; i++) {
		remarks |= remark && remark[i];
		if (strlen(flow) <= FLOW_MAX)
			flow = arena_printf(w->arena, "%s%s%s", flow, i ? ", " : "",
					    yaml_scalar(item[i], true, w->arena));
	}
	if (!remarks && indent + strlen(key) + strlen(flow) <= FLOW_MAX) {
		fprintf(w->out, "%*s%s: %s]\n", (int)indent, "", key, flow);
		return;
	}
	fprintf(w->out, "%*s%s:\n", (int)indent, "", key);
	for (uint32_t i = 0; i < count; i++)
		fprintf(w->out, "%*s  - %s%s%s\n", (int)indent, "",
			yaml_scalar(item[i], false, w->arena), remark && remark[i] ? "  # " : "",
			remark && remark[i] ? text_escape(w->arena, remark[i]) : "");
}

static void put_patterns(const struct writer *w, const struct foreign_group *g)
{
	const struct foreign *f = w->f;
	const char **item = arena_array(w->arena, const char *, f->npatterns);
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->npatterns; i++)
		if (f->pattern[i].group != ID_NONE && &f->group[f->pattern[i].group] == g)
			item[n++] = f->pattern[i].text;
	put_list(w, 4, "in", item, NULL, n);
}

static void put_uses(const struct writer *w, const struct foreign_group *g)
{
	const char **item = arena_array(w->arena, const char *, g->nuses);
	uint32_t n = 0;

	if (g->any) {
		fputs("    uses: any\n", w->out);
	} else {
		for (uint32_t i = 0; i < w->nlayers; i++)
			for (uint32_t k = 0; k < g->nuses; k++)
				if (&w->f->group[g->uses[k]] == w->layer[i])
					item[n++] = w->layer[i]->name;
		put_list(w, 4, "uses", item, NULL, n);
	}
	if (g->independent)
		fputs("    independent: true\n", w->out);
}

static bool has_allow(const struct foreign_list *l)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (l->entry[i].allow)
			return true;
	return false;
}

static void put_outside(const struct writer *w, const char *key, const struct foreign_list *l)
{
	const char **item = arena_array(w->arena, const char *, (size_t)l->count + 1);
	const char **remark = arena_array(w->arena, const char *, (size_t)l->count + 1);

	if (!l->closed && !l->count)
		return;
	fprintf(w->out, "    %s:\n", key);
	for (unsigned allow = 2; allow-- > 0;) {
		uint32_t n = 0;

		/* `allow` closes a list; all that is not denied keeps it open. */
		if (allow && !l->closed && has_allow(l)) {
			remark[n] = NULL;
			item[n++] = "**";
		}
		for (uint32_t i = 0; i < l->count; i++)
			if (l->entry[i].allow == (allow != 0)) {
				item[n] = l->entry[i].text;
				remark[n++] = l->entry[i].remark;
			}
		if (n || (allow && l->closed))
			put_list(w, 6, allow ? "allow" : "deny", item, remark, n);
	}
}

static void put_layer(const struct writer *w, const struct foreign_group *g)
{
	put_origin(w, g);
	fprintf(w->out, "  %s:\n", yaml_scalar(g->name, false, w->arena));
	put_patterns(w, g);
	put_uses(w, g);
	put_outside(w, "external", &g->lists.external);
	put_outside(w, "std", &g->lists.std);
}

static void put_notes(const struct writer *w, bool near, const char *head)
{
	const struct foreign *f = w->f;

	if (!foreign_note_count(f, near))
		return;
	fprintf(w->out, "\n# %s\n", head);
	for (uint32_t i = 0; i < f->nnotes; i++)
		if (f->note[i].near == near)
			put_comment(w, "# - ", "#   ",
				    foreign_note_text(f, &f->note[i], w->arena));
}

static bool has_rest(const struct writer *w)
{
	for (uint32_t i = 0; i < w->f->npatterns; i++)
		if (w->f->pattern[i].group != ID_NONE && !strcmp(w->f->pattern[i].text, "**"))
			return true;
	return false;
}

static void put_head(const struct writer *w)
{
	const struct foreign *f = w->f;

	put_comment(w, "# ", "# ", arena_printf(w->arena, "The rules of %s%s%s, written by "
		"`meshctl policy import`. What it could not carry over stands at the end; `man "
		"meshctl.yaml` explains the keys.", f->row->name, f->file ? " in " : "",
		f->file ? text_escape(w->arena, f->file) : ""));
	fputs("version: 1\n", w->out);
	fprintf(w->out, "ports: false  # %s knows no ports: interfaces are judged like all else\n",
		f->row->name);
	if (f->open && !has_rest(w))
		fprintf(w->out, "unmapped: error  # as in %s\n", f->row->name);
	fputs("\nlayers:\n", w->out);
}

const char *foreign_file_text(const struct foreign *f, struct arena *arena)
{
	struct writer w = { .arena = arena, .f = f };
	const struct foreign_group **layer;
	char *text = NULL;
	size_t len = 0;

	w.nlayers = foreign_layers(f, &layer);
	w.layer = layer;
	w.out = open_memstream(&text, &len);
	if (!w.out)
		BUG("no memory for a policy");
	put_head(&w);
	for (uint32_t i = 0; i < w.nlayers; i++)
		put_layer(&w, w.layer[i]);
	if (f->more)
		fprintf(w.out, "\n%s", f->more);
	fprintf(w.out, "\nrules:\n  transport-types: off  # which layer is the innermost %s does "
		"not say\n", f->row->name);
	put_notes(&w, false, "Not carried over:");
	put_notes(&w, true, "Carried over, but not in every case as it was:");
	if (fclose(w.out))
		BUG("no memory for a policy");
	const char *kept = arena_strndup(arena, text, len);

	free(text);
	return kept;
}
