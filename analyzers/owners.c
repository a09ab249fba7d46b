/* SPDX-License-Identifier: MIT */
/* owners.c - reads CODEOWNERS and asks it. */
#include "analyzers/owners.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct line {
	const char **segment;           /* of the pattern; "**" is any number of them */
	uint32_t nsegments;
	bool folder;                    /* ended in a slash: what is below it, not it */
	bool below;                     /* what is below a match matches */
	const char *owners;             /* "" = nobody */
	uint32_t number;
};

struct owners {
	const char *path;
	struct line *line;
	uint32_t count, cap;
	struct arena *arena;
};

/* ---- reading ---- */

/* One word; "\ " and "\#" are a space and a hash in it.  Ends at space or end. */
static const char *take_word(char **p)
{
	char *from = *p, *to = *p, *start = *p;

	while (*from && *from != ' ' && *from != '\t') {
		if (*from == '\\' && from[1])
			from++;
		*to++ = *from++;
	}
	*p = from + strspn(from, " \t");
	*to = '\0';
	return start;
}

static void split(struct owners *o, const char *pattern, struct line *l)
{
	size_t len = strlen(pattern);
	char *text = arena_strdup(o->arena, pattern), *next = text;
	bool anchored;

	l->folder = len && text[len - 1] == '/';
	if (l->folder)
		text[len - 1] = '\0';
	anchored = strchr(text, '/') != NULL;
	next += *next == '/';
	l->segment = arena_array(o->arena, const char *, len + 2);
	if (!anchored)
		l->segment[l->nsegments++] = "**";
	while (next) {
		char *slash = strchr(next, '/');

		if (slash)
			*slash++ = '\0';
		/* "**" twice is once. */
		if (*next && !(l->nsegments && !strcmp(next, "**") &&
			       !strcmp(l->segment[l->nsegments - 1], "**")))
			l->segment[l->nsegments++] = next;
		next = slash;
	}
	/* "docs/" anything: but "docs/" and a star means directly below. */
	l->below = !anchored || !l->nsegments || strcmp(l->segment[l->nsegments - 1], "*") != 0;
}

static void read_line(struct owners *o, char *text, uint32_t number, const char **section)
{
	char *p = text + strspn(text, " \t");
	const char *owners = "";
	struct line l = { .number = number };

	if (!*p || *p == '#')
		return;
	/* "[Name]", "^[Name][2] @owner" of GitLab; a pattern never begins so. */
	if (*p == '[' || (*p == '^' && p[1] == '[')) {
		char *end = strrchr(p, ']');

		*section = end ? arena_strdup(o->arena, end + 1 + strspn(end + 1, " \t")) : "";
		return;
	}
	split(o, take_word(&p), &l);
	while (*p && *p != '#') {
		const char *word = take_word(&p);

		owners = *owners ? arena_printf(o->arena, "%s %s", owners, word) :
				   arena_strdup(o->arena, word);
	}
	l.owners = *owners ? owners : *section;
	VEC_RESERVE(o->line, o->cap, o->count + 1);
	o->line[o->count++] = l;
}

struct owners *owners_read(const char *bytes, size_t len, struct arena *arena)
{
	struct owners *o = arena_new(arena, struct owners);
	char *next = arena_strndup(arena, bytes, len);
	const char *section = "";
	struct line *kept;
	uint32_t number = 0;

	o->arena = arena;
	while (*next) {
		char *line = next, *end = next + strcspn(next, "\n");

		next = *end ? end + 1 : end;
		*end = '\0';
		line[strcspn(line, "\r")] = '\0';
		read_line(o, line, ++number, &section);
	}
	kept = arena_array(arena, struct line, o->count);
	if (o->count)
		memcpy(kept, o->line, o->count * sizeof(*kept));
	free(o->line);
	o->line = kept;
	return o;
}

struct owners *owners_open(const struct source *s, struct arena *arena)
{
	static const char *const paths[] = {
		".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS",
	};
	size_t max = (size_t)limit_of(LIMIT_OWNERS_BYTES);
	struct owners *o = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(paths) && !o; i++) {
		struct err ignored = ERR_INIT;
		struct tree_buf buf = { 0 };
		uint32_t ref;

		if (tree_find(s->tree, paths[i], arena, &ref) &&
		    !tree_read(s->tree, paths[i], ref, max, &buf, &ignored) &&
		    buf.whole && buf.len <= max) {
			o = owners_read(buf.len ? buf.bytes : "", buf.len, arena);
			o->path = paths[i];
		}
		tree_buf_release(&buf);
	}
	return o;
}

/* ---- asking ---- */

static bool is_any(const char *segment)
{
	return !strcmp(segment, "**");
}

static bool any_set(const bool *at, uint32_t n)
{
	for (uint32_t i = 0; i <= n; i++)
		if (at[i])
			return true;
	return false;
}

/* Each place of `at` is where a part of the pattern may go on: a set, kept as bytes. */
static bool fits(const struct line *l, const char *const *segment, uint32_t n, bool *at)
{
	memset(at, 0, l->nsegments + 1);
	at[0] = true;
	for (uint32_t i = 0; i <= n; i++) {
		/* "**" may be nothing. */
		for (uint32_t k = 0; k < l->nsegments; k++)
			if (at[k] && is_any(l->segment[k]))
				at[k + 1] = true;
		if (at[l->nsegments] && (i == n ? !l->folder : l->below) && i)
			return true;
		if (i == n)
			break;
		for (uint32_t k = l->nsegments + 1; k-- > 0;)
			at[k] = (k < l->nsegments && at[k] && is_any(l->segment[k])) ||
				(k && at[k - 1] && !is_any(l->segment[k - 1]) &&
				 !fnmatch(l->segment[k - 1], segment[i], 0));
		if (!any_set(at, l->nsegments))
			return false;
	}
	return false;
}

const char *owners_of(const struct owners *o, const char *path, uint32_t *ret_line)
{
	struct arena scratch = ARENA_INIT;
	size_t len = strlen(path);
	const char **segment = arena_array(&scratch, const char *, len + 1);
	char *next = arena_strdup(&scratch, path);
	const char *found = NULL;
	uint32_t n = 0;

	*ret_line = 0;
	while (next && *next) {
		char *slash = strchr(next, '/');

		if (slash)
			*slash++ = '\0';
		segment[n++] = next;
		next = slash;
	}
	for (uint32_t i = o->count; i-- > 0 && !*ret_line;) {
		bool *at = arena_array(&scratch, bool, (size_t)o->line[i].nsegments + 1);

		if (!fits(&o->line[i], segment, n, at))
			continue;
		*ret_line = o->line[i].number;
		found = *o->line[i].owners ? o->line[i].owners : NULL;
	}
	arena_release(&scratch);
	return found;
}

const char *owners_path(const struct owners *o)
{
	return o->path;
}

bool owners_has(const char *owners, const char *who)
{
	size_t len = strlen(who);

	for (const char *p = owners; p && *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (n == len && !strncasecmp(p, who, n))
			return true;
		p += n;
	}
	return false;
}

/* ---- findings ---- */

struct asker {
	const struct analysis *a;
	const struct owners *owners;
	struct arena *arena;
	const char **of_path;           /* [npaths] by symbol; NULL = not asked yet */
	uint32_t npaths;
	uint32_t *node;                 /* [npaths] package of an identity + 1 */
};

static const char nobody[] = "";

/* The owner of the context that the package is in. */
static const char *by_context(const struct asker *k, const char *identity)
{
	const struct mapping *m = k->a->mapping;
	sym_id id = sym_find(k->a->source->syms, identity, strlen(identity));
	uint32_t node = id.v && id.v < k->npaths ? k->node[id.v] : 0, context;

	if (!m || !node)
		return NULL;
	context = m->of[node - 1].context;
	return context == POLICY_NONE || !m->context[context].spec ? NULL :
	       m->context[context].spec->owner.text;
}

static const char *owner_of(const struct asker *k, const struct finding *f)
{
	const struct symtab *syms = k->a->source->syms;
	uint32_t path = f->at.path.v, line;
	const char *found = NULL;

	if (k->owners && path < k->npaths && !k->of_path[path]) {
		found = owners_of(k->owners, sym_text(syms, f->at.path), &line);
		k->of_path[path] = found ? found : nobody;
	}
	if (k->owners)
		found = path < k->npaths ? k->of_path[path] :
					   owners_of(k->owners, sym_text(syms, f->at.path), &line);
	return found && *found ? found : by_context(k, f->from);
}

void owners_assign(const struct analysis *a, struct arena *arena)
{
	struct arena scratch = ARENA_INIT;
	struct findings *f = a->findings;
	struct asker k = { .a = a, .arena = arena, .npaths = a->source->syms->count };

	k.owners = f->count + f->nheld ? owners_open(a->source, arena) : NULL;
	k.of_path = arena_array(&scratch, const char *, k.npaths);
	k.node = arena_array(&scratch, uint32_t, k.npaths);
	for (uint32_t p = 0; a->mapping && p < a->graph->npkgs; p++)
		k.node[a->graph->id[p].v] = p + 1;
	for (uint32_t i = 0; i < f->count; i++)
		f->item[i].owner = owner_of(&k, &f->item[i]);
	for (uint32_t i = 0; i < f->nheld; i++)
		f->held[i].owner = owner_of(&k, &f->held[i]);
	arena_release(&scratch);
}

void owners_keep(struct findings *f, const char *who, const struct rule_set *always)
{
	bool none = !strcmp(who, "none");

	for (uint32_t i = 0; i < f->count; i++) {
		struct finding *x = &f->item[i];

		if (always->has[x->rule - rule_rows] ||
		    (none ? !x->owner : owners_has(x->owner, who)))
			continue;
		x->state = FINDING_ELSEWHERE;
		x->held_by = x->owner ? x->owner : "nobody";
	}
	findings_part(f);
}
