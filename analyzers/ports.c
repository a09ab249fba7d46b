/* SPDX-License-Identifier: MIT */
/* ports.c - packages of interfaces and plain data; keys of struct tags. */
#include "analyzers/ports.h"
#include "graph/symbols.h"
#include "graph/source/syntax.h"

#include <string.h>

static const struct { const char *path, *name, *tag; } orm_types[] = {
#define ORM(path, name, tag) { path, name, tag },
#define ORM_TAG(tag)
#include "analyzers/ormtypes.def"
#undef ORM
#undef ORM_TAG
};

static const char *const orm_tags[] = {
#define ORM(path, name, tag)
#define ORM_TAG(tag) tag,
#include "analyzers/ormtypes.def"
#undef ORM
#undef ORM_TAG
};

bool tag_next(const char **at, const char **ret_key, size_t *ret_len)
{
	const char *p = *at + strspn(*at, " ");
	size_t len = 0;

	while ((unsigned char)p[len] > ' ' && p[len] != ':' && p[len] != '"' && p[len] != 0x7f)
		len++;
	if (!len || p[len] != ':' || p[len + 1] != '"')
		return false;
	*ret_key = p;
	*ret_len = len;
	for (p += len + 2; *p && *p != '"'; p++)
		p += *p == '\\' && p[1];
	if (!*p)
		return false;
	*at = p + 1;
	return true;
}

bool orm_tag_has(const char *key, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(orm_tags); i++)
		if (strlen(orm_tags[i]) == len && !memcmp(orm_tags[i], key, len))
			return true;
	return false;
}

bool type_parts(const char *type, const char **ret_path, size_t *ret_len, const char **ret_name,
		size_t *ret_name_len)
{
	type += strspn(type, "*");
	size_t len = strcspn(type, "[({ "), dot = len;

	while (dot && type[dot - 1] != '.' && type[dot - 1] != '/')
		dot--;
	if (!dot || type[dot - 1] != '.')
		return false;
	*ret_path = type;
	*ret_len = dot - 1;
	*ret_name = type + dot;
	*ret_name_len = len - dot;
	return dot < len;
}

bool path_covers(const char *prefix, const char *path, size_t len)
{
	size_t n = strlen(prefix);

	return len >= n && !memcmp(path, prefix, n) && (len == n || path[n] == '/');
}

const char *orm_tag_of_type(const char *type)
{
	const char *path, *name;
	size_t len, name_len;

	if (!type_parts(type, &path, &len, &name, &name_len))
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(orm_types); i++)
		if (strlen(orm_types[i].name) == name_len &&
		    !memcmp(orm_types[i].name, name, name_len) &&
		    path_covers(orm_types[i].path, path, len))
			return orm_types[i].tag;
	return NULL;
}

static bool has_orm(const struct body *b)
{
	for (uint32_t i = 0; i < b->nmembers; i++) {
		const struct body_member *m = &b->member[i];
		const char *tag = body_text(b, m->tag), *key;
		size_t len;

		while (tag_next(&tag, &key, &len))
			if (orm_tag_has(key, len))
				return true;
		if (m->kind == MEMBER_EMBEDDED && orm_tag_of_type(body_text(b, m->type)))
			return true;
	}
	return false;
}

static bool has_code(const struct body *b)
{
	for (uint32_t i = 0; i < b->nfuncs; i++)
		if (b->func[i].flags & (FUNC_BODY | FUNC_LITERAL))
			return true;
	return false;
}

static bool is_port(const struct analysis *a, const struct bodies *bodies, uint32_t dir)
{
	const struct go_dir *d = &a->source->dir[dir];
	bool interfaces = false;

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct go_file *file = &a->source->file[f];
		const struct body *b = bodies->file[f];

		if (!file->configs || file->flags & (FILE_TEST | FILE_HIDDEN))
			continue;
		if (!b || b->status != SYNTAX_OK || has_code(b) || has_orm(b))
			return false;
		for (uint32_t i = 0; i < b->ndecls; i++)
			interfaces |= b->decl[i].kind == DECL_TYPE &&
				      b->decl[i].flags & DECL_INTERFACE;
	}
	return interfaces;
}

int ports_find(const struct analysis *a, const bool *want, bool *port, struct err *err)
{
	bool any = false;

	for (uint32_t d = 0; d < a->source->ndirs; d++) {
		port[d] = false;
		any |= want[d];
		if (want[d])
			symbols_want_package(a->symbols, (dir_id){ d });
	}
	if (!any)
		return 0;
	if (symbols_read(a->symbols, err))
		return -1;
	const struct bodies *bodies = symbols_bodies(a->symbols);

	for (uint32_t d = 0; d < a->source->ndirs; d++)
		port[d] = want[d] && is_port(a, bodies, d);
	return 0;
}

bool port_could_excuse(const struct mapping *m, uint32_t from, uint32_t to)
{
	const struct placement *a = &m->of[from], *b = &m->of[to];

	return m->policy->ports.value && a->layer != POLICY_NONE && b->layer != POLICY_NONE &&
	       b->layer > a->layer && a->context == b->context;
}

/* First what may be one is looked for, so that bodies are read once and of few packages. */
int ports_excused(const struct analysis *a, bool *port, struct err *err)
{
	bool *want = arena_array(a->scratch, bool, a->source->ndirs);
	const struct graph *g = a->graph;

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e) {
			uint32_t to = g->out_to[e];

			if (g->out_configs[e] && g->dir[to].v != ID_NONE &&
			    ((g->flags[p] | g->flags[to]) & NODE_REPORTED) &&
			    port_could_excuse(a->mapping, p, to) &&
			    !policy_layer_may(a->policy, a->mapping->of[p].layer,
					      a->mapping->of[to].layer, NULL, NULL))
				want[g->dir[to].v] = true;
		}
	return ports_find(a, want, port, err);
}
