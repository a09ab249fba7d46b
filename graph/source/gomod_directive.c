/* SPDX-License-Identifier: MIT */
/*
 * gomod_directive.c - the directives of go.mod and go.work with their
 * arguments and comments, checked in the order of golang.org/x/mod/modfile.
 */
#include "graph/source/gomod_parser.h"
#include "graph/source/gomod_version.h"

#include <string.h>

#define ERRORS_MAX 100u                 /* a file of garbage is one fact, not a million */

void gomod_fail(struct gomod_parser *p, uint32_t line, uint32_t col, const char *message)
{
	struct gomod_error *e;

	if (p->error.count == ERRORS_MAX)
		return;
	e = p->error.item;
	VEC_RESERVE(e, p->error.cap, p->error.count + (size_t)1);
	p->error.item = e;
	e[p->error.count++] = (struct gomod_error){ line, col, message };
}

static void fail_line(struct gomod_parser *p, const struct gomod_line *l, const char *message)
{
	gomod_fail(p, l->line, l->col, message);
}

bool text_is(struct text t, const char *s)
{
	return t.len == strlen(s) && !memcmp(t.s, s, t.len);
}

const char *gomod_about(struct gomod_parser *p, const char *what, struct text name)
{
	return arena_printf(p->arena, "%s '%.*s'", what, (int)(name.len < 80 ? name.len : 80),
			    name.s);
}

/* An argument as a string; NULL after reporting. */
static const char *string_arg(struct gomod_parser *p, const struct gomod_line *l, size_t i)
{
	const char *error;
	const char *s = gomod_string(p->arena, l->arg[i].text, &error);

	if (!s)
		gomod_fail(p, l->arg[i].line, l->arg[i].col, error);
	return s;
}

static const char *version_arg(struct gomod_parser *p, const struct gomod_line *l, size_t i)
{
	const char *s = string_arg(p, l, i);
	const char *v = s ? module_canonical_version(p->arena, s) : NULL;

	if (s && !v)
		gomod_fail(p, l->arg[i].line, l->arg[i].col,
		     gomod_about(p, "version is not of the form v1.2.3:", l->arg[i].text));
	return v;
}

/* ---- comments ---- */

/* The rest of a comment line from "Deprecated:" on; NULL where it does not begin so. */
static bool deprecation_starts(struct text comment, struct text *ret)
{
	static const char word[] = "Deprecated:";

	if (!text_has_prefix(comment, word))
		return false;
	ret->s = comment.s + sizeof(word) - 1;
	ret->len = comment.len - (sizeof(word) - 1);
	while (ret->len && *ret->s == ' ') {
		ret->s++;
		ret->len--;
	}
	return true;
}

/*
 * The paragraph that begins with "Deprecated:", its lines joined by newlines.
 * modfile matches (?s)(?:^|\n\n)Deprecated: *(.*?)(?:$|\n\n) over the comment:
 * an empty first line is no paragraph, an empty last line belongs to the text.
 */
static const char *deprecation(struct gomod_parser *p)
{
	const struct gomod_comments *c = p->in_block ? &p->above_line : &p->above;
	size_t total = 0, n = 0, nlines;

	if (p->in_block && !c->count && !p->behind.len)
		c = &p->above;
	for (size_t i = 0; i < c->count; i++)
		total += c->item[i].len + 1;
	char *out = arena_array(p->arena, char, total + p->behind.len + 2);
	bool inside = false, empty = false;

	nlines = c->count + (p->behind.len > 0);
	for (size_t i = 0; i < nlines; i++) {
		struct text t = i < c->count ? c->item[i] : p->behind;

		t = text_trim((struct text){ t.s + 2, t.len - 2 });
		if (inside && !t.len && i + 1 < nlines)
			break;
		if (inside)
			out[n++] = '\n';
		else if (!i || (empty && i > 1))
			inside = deprecation_starts(t, &t);
		empty = !t.len;
		if (inside) {
			memcpy(out + n, t.s, t.len);
			n += t.len;
		}
	}
	return out;
}

/* "// indirect" or "// indirect; more" behind a requirement. */
static bool is_indirect(struct text behind)
{
	struct text word, rest = behind, more;

	if (text_has_prefix(rest, "//")) {
		rest.s += 2;
		rest.len -= 2;
	}
	if (!text_next_field(&rest, &word))
		return false;
	return text_is(word, "indirect;") ? text_next_field(&rest, &more) :
	       text_is(word, "indirect") && !text_next_field(&rest, &more);
}

/* ---- directives; each reports its first fault ---- */

static void add_go(struct gomod_parser *p, const struct gomod_line *l)
{
	if (*p->out->go)
		fail_line(p, l, "repeated 'go' line");
	else if (l->nargs != 1)
		fail_line(p, l, "'go' takes one version");
	else if (!go_line_is_valid(l->arg[0].text.s, l->arg[0].text.len))
		fail_line(p, l, gomod_about(p, "not a Go version:", l->arg[0].text));
	else {
		p->out->go = arena_strndup(p->arena, l->arg[0].text.s, l->arg[0].text.len);
		p->out->go_line = l->line;
	}
}

static void add_toolchain(struct gomod_parser *p, const struct gomod_line *l)
{
	if (*p->out->toolchain)
		fail_line(p, l, "repeated 'toolchain' line");
	else if (l->nargs != 1)
		fail_line(p, l, "'toolchain' takes one name");
	else if (!toolchain_line_is_valid(l->arg[0].text.s, l->arg[0].text.len))
		fail_line(p, l,
			  gomod_about(p, "not a toolchain such as go1.23.0:", l->arg[0].text));
	else {
		p->out->toolchain = arena_strndup(p->arena, l->arg[0].text.s, l->arg[0].text.len);
		p->out->toolchain_line = l->line;
	}
}

static void add_module(struct gomod_parser *p, const struct gomod_line *l)
{
	const char *path;

	if (p->seen_module) {
		fail_line(p, l, "repeated 'module' line");
		return;
	}
	p->seen_module = true;
	p->out->deprecated = deprecation(p);
	if (l->nargs != 1) {
		fail_line(p, l, "'module' takes one path");
		return;
	}
	path = string_arg(p, l, 0);
	if (path) {
		p->out->module = path;
		p->out->module_line = l->line;
	}
}

static void add_godebug(struct gomod_parser *p, const struct gomod_line *l)
{
	struct text t = l->nargs == 1 ? l->arg[0].text : (struct text){ "", 0 };
	bool good = t.len && memchr(t.s, '=', t.len);

	for (size_t i = 0; i < t.len; i++)
		good &= !t.s[i] || !strchr("\"`',", t.s[i]);
	if (!good) {
		fail_line(p, l, "'godebug' takes key=value");
		return;
	}
	/* A setting without a name is read and dropped. */
	p->out->ngodebug += *t.s != '=';
	if (!p->out->godebug_line)
		p->out->godebug_line = l->line;
}

static void add_require(struct gomod_parser *p, const struct gomod_line *l, bool exclude)
{
	struct gomod_require r = { .line = l->line };
	const char *error;

	if (l->nargs != 2) {
		fail_line(p, l, exclude ? "'exclude' takes a module path and a version" :
					  "'require' takes a module path and a version");
		return;
	}
	r.path = string_arg(p, l, 0);
	if (!r.path || !(r.version = version_arg(p, l, 1)))
		return;
	error = module_check_major(r.path, r.version);
	if (error) {
		fail_line(p, l, error);
		return;
	}
	if (exclude) {
		p->out->nexclude++;
		return;
	}
	r.indirect = is_indirect(p->behind);
	struct gomod_require *item = p->require.item;

	VEC_RESERVE(item, p->require.cap, p->require.count + (size_t)1);
	item[p->require.count++] = r;
	p->require.item = item;
}

/* What is right of the arrow: a folder, or a module path and a version. */
static const char *check_replacement(const struct gomod_replace *r)
{
	if (*r->new_version)
		return module_is_folder(r->new_path) ? "a replacement folder has no version" : NULL;
	if (module_is_folder(r->new_path))
		return strchr(r->new_path, '\\') ?
		       "a replacement folder is written with slashes" : NULL;
	return strchr(r->new_path, '@') ?
	       "a replacement is written 'path version', not 'path@version'" :
	       "a replacement without a version is a folder, which begins with ./ or ../";
}

static void add_replace(struct gomod_parser *p, const struct gomod_line *l)
{
	struct gomod_replace r = { .old_version = "", .new_version = "", .line = l->line };
	size_t arrow = l->nargs >= 2 && text_is(l->arg[1].text, "=>") ? 1 : 2;
	const char *error;

	if (l->nargs < arrow + 2 || l->nargs > arrow + 3 || !text_is(l->arg[arrow].text, "=>")) {
		fail_line(p, l, "'replace' is written: path [version] => path [version]");
		return;
	}
	r.old_path = string_arg(p, l, 0);
	if (!r.old_path)
		return;
	error = module_check_major(r.old_path, "");
	if (!error && arrow == 2) {
		r.old_version = version_arg(p, l, 1);
		if (!r.old_version)
			return;
		error = module_check_major(r.old_path, r.old_version);
	}
	if (!error) {
		r.new_path = string_arg(p, l, arrow + 1);
		if (!r.new_path)
			return;
		if (l->nargs == arrow + 3 && !(r.new_version = version_arg(p, l, arrow + 2)))
			return;
		error = check_replacement(&r);
	}
	if (error) {
		fail_line(p, l, error);
		return;
	}
	struct gomod_replace *item = p->replace.item;

	VEC_RESERVE(item, p->replace.cap, p->replace.count + (size_t)1);
	item[p->replace.count++] = r;
	p->replace.item = item;
}

/* v1.2.3 or [v1.2.3, v1.3.0]; any text passes for a version, as with `go mod edit`. */
static void add_retract(struct gomod_parser *p, const struct gomod_line *l)
{
	static const char *const shape[] = { "[", NULL, ",", NULL, "]" };
	bool range = l->nargs && text_is(l->arg[0].text, "[");
	size_t want = range ? ARRAY_SIZE(shape) : 1;

	for (size_t i = 0; i < want; i++) {
		const char *fixed = range ? shape[i] : NULL;

		if (i >= l->nargs || (fixed && !text_is(l->arg[i].text, fixed)) ||
		    (!range && text_is(l->arg[i].text, "("))) {
			fail_line(p, l, "'retract' takes a version or [low, high]");
			return;
		}
		if (!fixed && !string_arg(p, l, i))
			return;
	}
	if (l->nargs > want)
		fail_line(p, l, gomod_about(p, "unexpected word", l->arg[want].text));
	else
		p->out->nretract++;
}

static void add_path(struct gomod_parser *p, const struct gomod_line *l, struct gomod_list *list,
		     uint32_t *first)
{
	const char *path;

	if (l->nargs != 1) {
		fail_line(p, l, gomod_about(p, "one path expected after", l->verb));
		return;
	}
	path = string_arg(p, l, 0);
	if (!path)
		return;
	struct gomod_path *item = list->item;

	VEC_RESERVE(item, list->cap, list->count + (size_t)1);
	item[list->count++] = (struct gomod_path){ path, l->line };
	list->item = item;
	if (first && !*first)
		*first = l->line;
}

static const struct {
	const char *name;
	bool mod, work, block;          /* where it may stand */
} verbs[VERB_COUNT] = {
	[VERB_GO]        = { "go", true, true, false },
	[VERB_TOOLCHAIN] = { "toolchain", true, true, false },
	[VERB_MODULE]    = { "module", true, false, true },
	[VERB_GODEBUG]   = { "godebug", true, true, true },
	[VERB_REQUIRE]   = { "require", true, false, true },
	[VERB_EXCLUDE]   = { "exclude", true, false, true },
	[VERB_REPLACE]   = { "replace", true, true, true },
	[VERB_RETRACT]   = { "retract", true, false, true },
	[VERB_TOOL]      = { "tool", true, false, true },
	[VERB_IGNORE]    = { "ignore", true, false, true },
	[VERB_USE]       = { "use", false, true, true },
};

enum gomod_verb gomod_find_verb(const struct gomod_parser *p, struct text name)
{
	for (unsigned v = 0; v < VERB_COUNT; v++)
		if (text_is(name, verbs[v].name) &&
		    (p->kind == GOMOD_MOD ? verbs[v].mod : verbs[v].work))
			return (enum gomod_verb)v;
	return VERB_COUNT;
}

bool gomod_verb_has_blocks(enum gomod_verb verb)
{
	return verb != VERB_COUNT && verbs[verb].block;
}

void gomod_add(struct gomod_parser *p, const struct gomod_line *l)
{
	switch (gomod_find_verb(p, l->verb)) {
	case VERB_GO:
		add_go(p, l);
		break;
	case VERB_TOOLCHAIN:
		add_toolchain(p, l);
		break;
	case VERB_MODULE:
		add_module(p, l);
		break;
	case VERB_GODEBUG:
		add_godebug(p, l);
		break;
	case VERB_REQUIRE:
		add_require(p, l, false);
		break;
	case VERB_EXCLUDE:
		add_require(p, l, true);
		break;
	case VERB_REPLACE:
		add_replace(p, l);
		break;
	case VERB_RETRACT:
		add_retract(p, l);
		break;
	case VERB_TOOL:
		add_path(p, l, &p->tool, &p->out->tool_line);
		break;
	case VERB_IGNORE:
		add_path(p, l, &p->ignore, &p->out->ignore_line);
		break;
	case VERB_USE:
		add_path(p, l, &p->use, NULL);
		break;
	case VERB_COUNT:
		fail_line(p, l, gomod_about(p, "unknown directive", l->verb));
		break;
	}
}
