/* SPDX-License-Identifier: MIT */
/* manifest.c - walks manifests.def: which files there are, each filled from its view. */
#include "templates/manifest.h"
#include "base/text.h"
#include "templates/manifest_work.h"
#include "templates/mustache.h"

#include <stdlib.h>
#include <string.h>

enum scope { PROGRAM, SERVICE, HOST, ONCE };

#define MANIFEST(name, file, scope, targets, stages, need) \
	extern const unsigned char mesh_##name##_text[];
#include "templates/manifests.def"
#undef MANIFEST

static const struct row {
	const unsigned char *text;
	const char *file;
	enum scope scope;
	unsigned targets, stages;
	const char *need;
} rows[] = {
#define MANIFEST(name, file, scope, targets, stages, need) \
	{ mesh_##name##_text, file, scope, targets, stages, need },
#include "templates/manifests.def"
#undef MANIFEST
};

struct made { struct manifest *item; uint32_t count, cap; };

/* ---- programs ---- */

static bool is_label(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n && !s[n] && n <= 63 && s[0] != '-' && s[n - 1] != '-';
}

/* What a program of several services is called: as its folder, unless a service is called so. */
static const char *shared_name(const struct maker *m, const struct service *s)
{
	const char *slash = strrchr(s->package, '/'), *base = slash ? slash + 1 : s->package;
	const char *name = is_label(base) && strlen(base) < 50 ? base : "monolith";

	while (services_get(m->s, name))
		name = arena_printf(m->arena, "%s-all", name);
	return name;
}

/* Is it one program that serves both, as it is before the split? */
static bool shares(const struct maker *m, uint32_t a, uint32_t b)
{
	const struct service *x = &m->s->service[a], *y = &m->s->service[b];

	return m->w->stage == STAGE_MONO && manifest_wanted(m, b) && *x->package &&
	       !strcmp(x->package, y->package) &&
	       !strcmp(manifest_namespace(x), manifest_namespace(y));
}

uint32_t manifest_programs(const struct maker *m, struct program **ret)
{
	uint32_t count = 0;
	bool *done = arena_array(m->arena, bool, m->s->count);

	*ret = arena_array(m->arena, struct program, m->s->count);
	for (uint32_t i = 0; i < m->s->count; i++) {
		uint32_t *member = arena_array(m->arena, uint32_t, m->s->count), n = 0;
		const struct service *s = &m->s->service[i];

		if (done[i] || !manifest_wanted(m, i))
			continue;
		for (uint32_t k = i; k < m->s->count; k++)
			if (k == i || shares(m, i, k)) {
				member[n++] = k;
				done[k] = true;
			}
		(*ret)[count++] = (struct program){ n > 1 ? shared_name(m, s) : s->name, member,
			n };
	}
	return count;
}

const char *manifest_program_of(const struct maker *m, uint32_t service)
{
	struct program *list;
	uint32_t count = manifest_programs(m, &list);

	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < list[i].count; k++)
			if (list[i].member[k] == service)
				return list[i].name;
	return m->s->service[service].name;
}

/* ---- files ---- */

int manifest_render(const char *name, const unsigned char *text, const struct json *data,
		    struct arena *arena, const char **ret, struct err *err)
{
	const struct mustache_given given = { .data = data };
	char *out = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&out, &len);
	int rc;

	if (!f)
		return err_set(err, ERR_SYSTEM, "no memory for a template");
	rc = mustache_render(name, (const char *)text, &given, f, err);
	if (fclose(f) && !rc)
		rc = err_set(err, ERR_SYSTEM, "no memory for a template");
	if (!rc)
		*ret = arena_strndup(arena, out, len);
	free(out);
	return rc;
}

static const char *path_of(const struct maker *m, const char *file, const char *folder)
{
	const char *star = strchr(file, '*');

	if (star)
		return arena_printf(m->arena, "%.*s%s%s", (int)(star - file), file, folder,
				    star + 1);
	return strchr(file, '/') ? file : arena_printf(m->arena, "%s/%s", folder, file);
}

/* Every row of this scope that the view has what it needs for. */
static int write_scope(const struct maker *m, enum scope scope, const char *folder,
		       const struct json *view, struct made *made, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct row *r = &rows[i];
		const char *suffix = strrchr(r->file, '.');
		struct manifest one = { .path = NULL };

		if (r->scope != scope || !(r->targets & m->w->target) ||
		    !(r->stages & m->w->stage) ||
		    json_is_empty(json_member(view, r->need, strlen(r->need))))
			continue;
		one.path = path_of(m, r->file, folder);
		one.yaml = !strcmp(suffix, ".yaml");
		if (manifest_render(r->file, r->text, view, m->arena, &one.text, err))
			return -1;
		VEC_RESERVE(made->item, made->cap, made->count + 1);
		made->item[made->count++] = one;
	}
	return 0;
}

static bool is_made(const struct maker *m, uint32_t service)
{
	return manifest_wanted(m, service) && (!m->w->only || m->w->only[service]);
}

static int write_programs(const struct maker *m, struct made *made, struct err *err)
{
	struct program *list;
	uint32_t count = manifest_programs(m, &list);
	int rc = 0;

	for (uint32_t i = 0; !rc && i < count; i++) {
		struct json *view;

		if (!is_made(m, list[i].member[0]))
			continue;
		view = manifest_program_view(m, &list[i]);
		rc = write_scope(m, PROGRAM, list[i].name, view, made, err);
		json_free(view);
	}
	return rc;
}

/* Stable kinds of the Gateway API and nginx's http block route nothing but HTTP and gRPC. */
static bool is_unrouted(const struct maker *m, uint32_t service)
{
	const struct service *s = &m->s->service[service];
	bool routes = false;

	if (m->w->stage != STAGE_MESH || !s->nports ||
	    !(m->w->target & (TARGET_GATEWAY_API | TARGET_NGINX)))
		return false;
	for (uint32_t i = 0; i < s->nports; i++)
		routes |= s->port[i].protocol == PROTO_HTTP || s->port[i].protocol == PROTO_GRPC;
	return !routes;
}

static int write_services(struct maker *m, struct made *made, struct err *err)
{
	int rc = 0;

	for (uint32_t i = 0; !rc && i < m->s->count; i++) {
		struct json *view;

		if (!is_made(m, i))
			continue;
		m->unrouted += is_unrouted(m, i);
		view = manifest_service_view(m, i);
		rc = write_scope(m, SERVICE, m->s->service[i].name, view, made, err);
		json_free(view);
	}
	return rc;
}

static int write_hosts(const struct maker *m, struct made *made, struct err *err)
{
	struct json *all = manifest_hosts(m);
	char buf[JSON_NUMBER_BYTES];
	int rc = 0;

	for (const struct json *one = json_first(all); !rc && one; one = json_next(one)) {
		const char *folder = arena_printf(m->arena, "external/%s",
			arena_strdup(m->arena, json_words(json_member(one, "folder", 6), buf)));

		rc = write_scope(m, HOST, folder, one, made, err);
	}
	json_free(all);
	return rc;
}

static int write_once(const struct maker *m, struct made *made, struct err *err)
{
	struct program *list;
	uint32_t count = manifest_programs(m, &list);
	struct json *view = json_object();
	int rc;

	if (count)
		manifest_yaml(m, view, "namespace",
			      manifest_namespace(&m->s->service[list[0].member[0]]));
	rc = write_scope(m, ONCE, "", view, made, err);
	json_free(view);
	return rc;
}

/* Is `path` the file of a row, of some folder or in the place of its star? */
static bool fits_row(const char *path, const char *file)
{
	const char *star = strchr(file, '*'), *slash = strrchr(path, '/');
	size_t before, behind;

	if (!star && strchr(file, '/'))
		return !strcmp(path, file);
	if (!star)
		return slash && slash > path && !strcmp(slash + 1, file);
	before = (size_t)(star - file);
	behind = strlen(star + 1);
	return strlen(path) > before + behind && !strncmp(path, file, before) &&
	       !strcmp(path + strlen(path) - behind, star + 1) && slash < path + before;
}

bool manifest_is_place(const struct manifest_wish *w, const char *path)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].targets & w->target && rows[i].stages & w->stage &&
		    fits_row(path, rows[i].file))
			return true;
	return false;
}

static int by_path(const void *a, const void *b, void *ctx UNUSED)
{
	const struct manifest *x = a, *y = b;

	return strcmp(x->path, y->path);
}

int manifests_make(const struct manifest_wish *w, struct arena *arena, struct manifests *ret,
		   struct err *err)
{
	struct maker m = { .w = w, .s = w->services, .arena = arena };
	struct made made = { .item = NULL };
	int rc = write_programs(&m, &made, err);

	if (!rc)
		rc = write_services(&m, &made, err);
	if (!rc && !w->only)
		rc = write_hosts(&m, &made, err);
	if (!rc && !w->only)
		rc = write_once(&m, &made, err);
	sort_with(made.item, made.count, sizeof(*made.item), by_path, NULL);
	ret->item = arena_array(arena, struct manifest, made.count);
	if (made.count)
		memcpy(ret->item, made.item, made.count * sizeof(*made.item));
	ret->count = made.count;
	ret->lost = m.lost;
	ret->unrouted = m.unrouted;
	ret->untold = w->stage == STAGE_MESH ? manifest_untold(&m) : 0;
	free(made.item);
	return rc;
}
