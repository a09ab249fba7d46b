/* SPDX-License-Identifier: MIT */
/* mesh_desk.c - the services of the tree, and a folder that is filled for them. */
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/mesh.h"
#include "cmd/report/text.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

int mesh_open(const struct run *run, struct mesh_desk *ret, struct err *err)
{
	const struct session_wish wish = { .graph = true };
	struct run own = *run;

	*ret = (struct mesh_desk){ .scratch = ARENA_INIT };
	own.noperands = 0;              /* names of services, no PATTERN */
	if (session_open(&own, &wish, &ret->session, err))
		return -1;
	const struct analysis a = {
		.source = ret->session.source, .graph = ret->session.graph,
		.policy = ret->session.policy, .mapping = ret->session.mapping,
		.scratch = &ret->scratch, .no_cache = !ret->session.options.cache,
	};
	int rc = services_find(&a, run->arena, &ret->services, err);

	session_told(&ret->session);
	if (rc)
		mesh_close(ret);
	else
		session_tell_broken(&own, ret->session.source, false);
	return rc;
}

void mesh_close(struct mesh_desk *d)
{
	arena_release(&d->scratch);
	session_close(&d->session);
}

int mesh_named(const struct services *s, const char *name, uint32_t *ret, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest hint;

	suggest_init(&hint, name);
	for (uint32_t i = 0; i < s->count; i++) {
		suggest_offer(&hint, s->service[i].name);
		if (!strcmp(s->service[i].name, name)) {
			*ret = i;
			return 0;
		}
	}
	return err_set(err, ERR_USAGE, "there is no service '%.100s'%s", name,
		       hint.count ? suggest_text(&hint, "", near) :
				    "; 'meshctl mesh model' shows them");
}

int mesh_put(struct mesh_folder *f, const char *path, const char *body, bool once,
	     struct err *err)
{
	bool dry = f->run->set->print;
	enum kept kind = KEPT_NEW;
	int rc = once ? kept_put_once(f->dir, path, body, dry, f->run->arena, &kind, err) :
			kept_put(f->dir, path, body, dry, f->run->arena, &kind, err);

	if (rc)
		return -1;
	VEC_RESERVE(f->item, f->cap, f->count + 1);
	f->item[f->count].path = path;
	f->item[f->count++].kind = kind;
	f->kind[kind]++;
	return 0;
}

void mesh_folder_release(struct mesh_folder *f)
{
	free(f->item);
}

static const char *words_of(const struct mesh_folder *f, const char *path, enum kept kind)
{
	struct arena *a = f->run->arena;
	const char *shown = text_escape(a, path_join(a, f->dir, path));

	switch (kind) {
	case KEPT_NEW:
	case KEPT_UPDATED:
	case KEPT_SAME:
		return shown;
	case KEPT_EDITED:
		return arena_printf(a, "%s: changed by hand, and stays; nothing new to merge",
				    shown);
	case KEPT_CONFLICT:
		return arena_printf(a, "%s: changed by hand, and stays; what is new is in %s: "
				    "merge it, "
				    "with its first line", shown,
				    text_escape(a, path_join(a, f->dir, arena_printf(a, "%s%s",
										     path,
									       KEPT_BESIDE))));
	case KEPT_FOREIGN:
		return arena_printf(a, "%s: not written by meshctl, and stays", shown);
	case KEPT_COUNT:
		break;
	}
	BUG("no kind %d", (int)kind);
}

static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* How many files from this one on lie in one folder, and had the same done to them. */
static uint32_t alike(const struct mesh_folder *f, uint32_t at)
{
	enum kept kind = f->item[at].kind;
	size_t len = folder_len(f->item[at].path);
	uint32_t n = 1;

	while ((kind == KEPT_NEW || kind == KEPT_UPDATED) && at + n < f->count &&
	       f->item[at + n].kind == kind && folder_len(f->item[at + n].path) == len &&
	       !strncmp(f->item[at + n].path, f->item[at].path, len))
		n++;
	return n;
}

/* "deploy/orders/: deployment.yaml, service.yaml" */
static const char *together(const struct mesh_folder *f, uint32_t at, uint32_t n)
{
	struct arena *a = f->run->arena;
	size_t len = folder_len(f->item[at].path);
	const char *text = arena_printf(a, "%s:", path_join(a, f->dir, arena_strndup(a,
		f->item[at].path, len)));

	for (uint32_t i = at; i < at + n; i++)
		text = arena_printf(a, "%s%s %s", text, i > at ? "," : "", f->item[i].path + len);
	return text_escape(a, text);
}

int mesh_tell(const struct mesh_folder *f, const char *next)
{
	static const char *const labels[KEPT_COUNT] = { "new", "update", "same", "edited",
							"kept", "kept" };
	const struct report r = { .color = f->run->color };
	struct arena *a = f->run->arena;
	FILE *out = f->run->out;
	const char *sum = "";

	for (uint32_t i = 0, n; i < f->count; i += n) {
		n = alike(f, i);
		if (f->item[i].kind == KEPT_SAME)
			continue;
		text_block(&r, out, labels[f->item[i].kind],
			   n > 1 ? together(f, i, n) :
				   words_of(f, f->item[i].path, f->item[i].kind));
	}
	if (f->deleted)
		text_block(&r, out, "deleted", f->deleted);
	if (f->gone)
		text_block(&r, out, "gone", f->gone);
	for (unsigned k = 0; k < KEPT_COUNT; k++)
		if (f->kind[k])
			sum = arena_printf(a, "%s%s%u %s", sum, *sum ? ", " : "", f->kind[k],
					   kept_name[k]);
	text_block(&r, out, f->run->set->print ? "would" : "files",
		   *sum ? sum : "none: there is nothing to write");
	if (next)
		text_block(&r, out, "next", next);
	return f->kind[KEPT_CONFLICT] || f->kind[KEPT_FOREIGN] ? EXIT_FINDINGS : EXIT_CLEAN;
}
