/* SPDX-License-Identifier: MIT */
/* foreign.c - the formats, and what their readers share: marks, notes, values of a tree, globs. */
#include "analyzers/foreign/foreign.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOREIGN(id, f, n, files, keys, s) extern const struct foreign_format f;
#include "analyzers/foreign/foreign.def"
#undef FOREIGN

const struct foreign_row foreign_rows[FOREIGN_COUNT] = {
#define FOREIGN(id, f, n, names, words, s) \
	[id] = { .format = &f, .name = n, .files = names, .keys = words, .summary = s },
#include "analyzers/foreign/foreign.def"
#undef FOREIGN
};

static bool has_word(const char *words, const char *word)
{
	size_t want = strlen(word);

	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (len == want && !strncmp(p, word, len))
			return true;
		p += len;
	}
	return false;
}

const struct foreign_row *foreign_by_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	for (unsigned i = 0; i < FOREIGN_COUNT; i++)
		if (has_word(foreign_rows[i].files, slash ? slash + 1 : path))
			return &foreign_rows[i];
	return NULL;
}

const struct foreign_row *foreign_by_keys(const struct yaml_node *tree)
{
	for (unsigned i = 0; i < FOREIGN_COUNT; i++)
		for (uint32_t k = 0; tree->kind == YAML_MAP && k < tree->count; k++)
			if (has_word(foreign_rows[i].keys, tree->pair[k].key->text))
				return &foreign_rows[i];
	return NULL;
}

uint32_t foreign_mark(struct foreign *f, const char *key, const struct yaml_node *at, bool source)
{
	VEC_RESERVE(f->mark, f->mark_cap, f->nmarks + 1);
	f->mark[f->nmarks] = (struct foreign_mark){ key, at, source };
	return f->nmarks++;
}

static void note(struct foreign *f, const struct yaml_node *at, const char *key, const char *text,
		 bool near)
{
	for (uint32_t i = 0; i < f->nnotes; i++)
		if (f->note[i].at == at && !strcmp(f->note[i].key, key) &&
		    !strcmp(f->note[i].text, text))
			return;
	VEC_RESERVE(f->note, f->note_cap, f->nnotes + 1);
	f->note[f->nnotes++] = (struct foreign_note){ at, key, text, near };
}

static const char *formatted(struct arena *arena, const char *fmt, va_list ap)
{
	char text[sizeof(((struct err *)0)->msg)];

	vsnprintf(text, sizeof(text), fmt, ap);
	return arena_strdup(arena, text);
}

void foreign_lost(struct foreign *f, const struct yaml_node *at, const char *key,
		  const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	note(f, at, key, formatted(f->arena, fmt, ap), false);
	va_end(ap);
}

void foreign_near(struct foreign *f, const struct yaml_node *at, const char *key,
		  const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	note(f, at, key, formatted(f->arena, fmt, ap), true);
	va_end(ap);
}

int foreign_want_map(const struct yaml_node *n, const char *key, struct err *err)
{
	return n->kind == YAML_MAP || yaml_is_null(n) ? 0 :
	       yaml_error(n, err, "'%.100s' is a map, not %s", key, yaml_kind_name(n));
}

int foreign_want_list(const struct yaml_node *n, const char *key, struct err *err)
{
	return n->kind == YAML_LIST || yaml_is_null(n) ? 0 :
	       yaml_error(n, err, "'%.100s' is a list, not %s", key, yaml_kind_name(n));
}

int foreign_flag(const struct yaml_node *n, const char *key, bool *ret, struct err *err)
{
	if (!n || yaml_is_null(n) || yaml_bool(n, ret))
		return 0;
	return yaml_error(n, err, "'%.100s' wants true or false", key);
}

int foreign_texts(struct foreign *f, const struct yaml_node *n, const char *key,
		  struct foreign_texts *ret, struct err *err)
{
	*ret = (struct foreign_texts){ .count = 0 };
	if (!n || yaml_is_null(n))
		return 0;
	uint32_t count = n->kind == YAML_LIST ? n->count : 1;

	ret->item = arena_array(f->arena, const struct yaml_node *, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct yaml_node *item = n->kind == YAML_LIST ? n->item[i] : n;

		if (item->kind != YAML_TEXT)
			return yaml_error(item, err, "'%.100s' wants text, not %s", key,
					  yaml_kind_name(item));
		ret->item[ret->count++] = item;
	}
	return 0;
}

void foreign_unknown(struct foreign *f, const struct yaml_node *map, const char *prefix,
		     const char *known)
{
	for (uint32_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++)
		if (!has_word(known, map->pair[i].key->text))
			foreign_lost(f, map->pair[i].key,
				     arena_printf(f->arena, "%s%.200s", prefix,
						  map->pair[i].key->text),
				     "this key is not known");
}

uint32_t foreign_files(const struct foreign *f, const struct foreign_package *p,
		       const char *const **ret)
{
	static const char *const one[] = { "x.go" };
	dir_id dir = p->node == ID_NONE ? (dir_id){ ID_NONE } : f->graph->dir[p->node];

	*ret = one;
	if (dir.v == ID_NONE)
		return 1;
	const struct go_dir *d = &f->source->dir[dir.v];
	const char **name = arena_array(f->arena, const char *, d->nfiles);
	uint32_t count = 0;

	for (uint32_t i = d->file_first; i < d->file_first + d->nfiles; i++)
		if (!(f->source->file[i].flags & (FILE_TEST | FILE_HIDDEN)))
			name[count++] = sym_text(f->source->syms, f->source->file[i].name);
	*ret = name;
	return count;
}

bool foreign_starts(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

bool foreign_within(const char *path, const char *prefix)
{
	return path_below(path, prefix) != NULL;
}

/* "[a-z]", "[!a]": up to behind its end, or NULL where it is none. */
static const char *class_end(const char *p)
{
	const char *body = p + 1 + (p[1] == '!' || p[1] == '^');
	const char *end = *body ? strchr(body + 1, ']') : NULL;

	return end ? end + 1 : NULL;
}

static const char *put_class(const char *text, const char *p, const char *end, struct arena *arena)
{
	bool negated = p[1] == '!' || p[1] == '^';
	const char *body = p + 1 + negated;

	return arena_printf(arena, "%s[%s%.*s]", text, negated ? "^" : "",
			    (int)(end - 1 - body), body);
}

/* One wildcard or byte of a glob behind `text`; *p goes on. */
static const char *put_glob(const char *text, const char **p, bool filepath, unsigned *depth,
			    struct arena *arena)
{
	const char *at = *p, *end;

	*p = at + 1;
	switch (*at) {
	case '*':
		if (at[1] == '*' && !filepath) {
			*p = at + 2;
			return arena_printf(arena, "%s.*", text);
		}
		return arena_printf(arena, "%s[^/]*", text);
	case '?':
		return arena_printf(arena, "%s[^/]", text);
	case '[':
		end = class_end(at);
		if (end) {
			*p = end;
			return put_class(text, at, end, arena);
		}
		break;
	case '\\':
		if (at[1]) {
			*p = at + 2;
			return arena_printf(arena, "%s%s", text,
					    regex_quote(arena_strndup(arena, at + 1, 1), arena));
		}
		break;
	case '{':
	case '}':
	case ',':
		if (filepath || (*at != '{' && !*depth))
			break;
		*depth += *at == '{';
		*depth -= *at == '}';
		return arena_printf(arena, "%s%s", text,
				    *at == '{' ? "(?:" : *at == '}' ? ")" : "|");
	default:
		break;
	}
	return arena_printf(arena, "%s%s", text,
			    regex_quote(arena_strndup(arena, at, 1), arena));
}

const char *foreign_glob(const char *text, bool filepath, struct arena *arena)
{
	const char *out = "";
	unsigned depth = 0;

	/* regex_new() refuses it. */
	if (strlen(text) > limit_of(LIMIT_PATTERN_BYTES))
		return text;
	for (const char *p = text; *p;)
		out = put_glob(out, &p, filepath, &depth, arena);
	return out;
}
