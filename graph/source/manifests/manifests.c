/* SPDX-License-Identifier: MIT */
/* manifests.c - walks the folders, cuts files into documents, keeps those that are manifests. */
#include "graph/source/manifests/manifests.h"
#include "graph/source/manifests/odd_parts.h"
#include "base/fault.h"
#include "base/limits.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reader {
	struct tree *tree;
	const struct manifests_options *o;
	struct arena *arena;
	struct manifests *ret;
	struct manifest *item;
	struct manifest_problem *problem, *loose;
	struct manifest_chart *chart;
	struct manifest_file *values, *collector;
	const char *own;                /* the file that is read, from the tree's root */
	bool written;                   /* by a program: there are no templates */
	const char **patch;             /* files that kustomizations lay over others */
	uint32_t count, nproblems, nloose, ncharts, nvalues, ncollectors;
	uint32_t cap, problem_cap, loose_cap, chart_cap, values_cap, collector_cap;
	uint32_t npatches, patch_cap, image_cap;
	struct manifest_image *image;
};

const struct yaml_node *manifest_walk(const struct yaml_node *n, const char *const *keys)
{
	for (; n && *keys; keys++)
		n = yaml_get(n, *keys);
	return n;
}

const char *manifest_text(const struct yaml_node *n)
{
	return n && n->kind == YAML_TEXT && !yaml_is_null(n) ? n->text : "";
}

/* ---- which files ---- */

static bool ends(const char *text, const char *with)
{
	size_t a = strlen(text), b = strlen(with);

	return a > b && !strcmp(text + a - b, with);
}

static bool wants(const char *name)
{
	return *name != '.' &&
	       (ends(name, ".yaml") || ends(name, ".yml") || ends(name, ".json"));
}

static bool is_skipped(const char *name)
{
	return *name == '.' || !strcmp(name, "vendor") || !strcmp(name, "node_modules") ||
	       !strcmp(name, "testdata");
}

/* What the path is told as. */
static const char *told(const struct reader *r, const char *path)
{
	return r->o->before ? path_join(r->arena, r->o->before, path) : path;
}

static bool holds(const char *bytes, size_t len, const char *text)
{
	size_t n = strlen(text);

	for (const char *p = bytes; len >= n; p++) {
		p = memchr(p, *text, len - n + 1);
		if (!p)
			return false;
		if (!memcmp(p, text, n))
			return true;
		len = (size_t)(bytes + len - p) - 1;
		bytes = p + 1;
	}
	return false;
}

/* ---- documents ---- */

/* "file:line:col: text" of the reader of YAML. */
static void add_problem(struct reader *r, const char *path, uint32_t line, const char *text)
{
	struct manifest_problem p = { .path = path, .line = line, .col = 1, .text = text };
	size_t n = strlen(path);

	if (!strncmp(text, path, n) && text[n] == ':') {
		char *end;

		p.line = (uint32_t)strtoul(text + n + 1, &end, 10);
		if (*end == ':')
			p.col = (uint32_t)strtoul(end + 1, &end, 10);
		p.text = !strncmp(end, ": ", 2) ? end + 2 : end;
	}
	p.text = arena_strdup(r->arena, p.text);
	VEC_RESERVE(r->problem, r->problem_cap, r->nproblems + 1);
	r->problem[r->nproblems++] = p;
}

static void add_problem_at(struct reader *r, const struct yaml_node *at, const char *text)
{
	VEC_RESERVE(r->problem, r->problem_cap, r->nproblems + 1);
	r->problem[r->nproblems++] = (struct manifest_problem){
		.path = at->file, .line = at->line, .col = at->col, .text = text,
	};
}

static void add_file(struct manifest_file **list, uint32_t *count, uint32_t *cap, const char *path,
		     const struct yaml_node *root)
{
	VEC_RESERVE(*list, *cap, *count + 1);
	(*list)[(*count)++] = (struct manifest_file){ path, root };
}

static void add_manifest(struct reader *r, const char *path, const struct yaml_node *root)
{
	const struct yaml_node *kind = yaml_get(root, "kind");
	const struct yaml_node *name = manifest_at(root, "metadata", "name", NULL);
	struct manifest m = {
		.path = path, .root = root, .kind = manifest_text(kind),
		.api = manifest_text(yaml_get(root, "apiVersion")),
		.name = manifest_text(name), .name_at = name ? name : kind,
		.space = manifest_text(manifest_at(root, "metadata", "namespace", NULL)),
	};

	VEC_RESERVE(r->item, r->cap, r->count + 1);
	r->item[r->count++] = m;
}

static bool is_manifest(const struct yaml_node *n)
{
	return *manifest_text(yaml_get(n, "apiVersion")) && *manifest_text(yaml_get(n, "kind"));
}

/* One of a List: a manifest, or what a cluster would refuse the List for. */
static void take_item(void *ctx, const struct yaml_node *list, const struct yaml_node *item)
{
	struct reader *r = ctx;

	if (is_manifest(item))
		add_manifest(r, item->file, item);
	else if (strcmp(manifest_text(yaml_get(list, "kind")), "List") != 0)
		r->ret->others++;       /* of a list of one kind, which says what they are */
	else
		add_problem_at(r, item, "an entry of a List without 'apiVersion' and 'kind'");
}

static bool is_kustomization(const char *path)
{
	const char *name = strrchr(path, '/');

	name = name ? name + 1 : path;
	return !strcmp(name, "kustomization.yaml") || !strcmp(name, "kustomization.yml");
}

static const char *folder_of(struct reader *r, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(r->arena, path, (size_t)(slash - path)) : "";
}

static void add_patch(struct reader *r, const char *file)
{
	const char *path = path_clean(r->arena, path_join(r->arena, folder_of(r, r->own), file));

	if (!path || !*file || strchr(file, '\n'))
		return;
	VEC_RESERVE(r->patch, r->patch_cap, r->npatches + 1);
	r->patch[r->npatches++] = told(r, path);
}

static void take_kustomization(struct reader *r, const struct yaml_node *root)
{
	static const char *const keys[] = {
		"patches", "patchesStrategicMerge", "patchesJson6902",
	};

	r->ret->kustomizations++;
	for (unsigned k = 0; k < ARRAY_SIZE(keys); k++) {
		const struct yaml_node *list = yaml_get(root, keys[k]);

		for (uint32_t i = 0; list && list->kind == YAML_LIST && i < list->count; i++) {
			const struct yaml_node *file = list->item[i];

			if (file->kind == YAML_MAP)
				file = yaml_get(file, "path");
			add_patch(r, manifest_text(file));
		}
	}
}

/* Is it worth reading?  Most YAML of a repository is no manifest, and is nobody's business here. */
static bool may_count(const char *path, const struct yaml_part *p)
{
	return (unsigned)holds(p->bytes, p->len, "apiVersion") +
		       holds(p->bytes, p->len, "kind") +
		       holds(p->bytes, p->len, "metadata") >= 2 ||
	       (holds(p->bytes, p->len, "pipelines") && holds(p->bytes, p->len, "exporters")) ||
	       is_kustomization(path) || ends(path, "/values.yaml");
}

static void take_part(struct reader *r, const char *path, const struct yaml_part *p,
		      uint32_t *template)
{
	struct err err = ERR_INIT;
	struct yaml_node *root;
	const char *lacks;

	r->ret->documents++;
	if (!may_count(path, p)) {
		r->ret->others++;
		return;
	}
	if (yaml_read_part(path, p->bytes, p->len, p->line, r->arena, &root, &err)) {
		/* What a template engine has yet to write is no YAML, and is not broken. */
		if (r->written || !odd_is_template(p, r->arena))
			add_problem(r, path, p->line, err.msg);
		else if (!*template)
			*template = p->line;
		return;
	}
	if (is_kustomization(path))
		take_kustomization(r, root);
	else if (is_manifest(root))
		odd_entries(root, take_item, r);
	else if (ends(path, "/values.yaml"))
		add_file(&r->values, &r->nvalues, &r->values_cap, path, root);
	else if ((lacks = odd_lacks(root)) != NULL)
		add_problem_at(r, root, arena_printf(r->arena, "'%s' has 'metadata' and no '%s'",
			text_cut(r->arena, manifest_text(manifest_at(root, "metadata", "name",
								     NULL)), 80), lacks));
	else if (manifest_at(root, "service", "pipelines", NULL))
		add_file(&r->collector, &r->ncollectors, &r->collector_cap, path, root);
	else
		r->ret->others++;
}

/* The chart whose templates/ the file is in; NULL = none. */
static struct manifest_chart *chart_of(struct reader *r, const char *path)
{
	for (uint32_t i = r->ncharts; i-- > 0;) {
		const char *below = path_below(path, r->chart[i].folder);

		if (below && !strncmp(below, "templates/", 10))
			return &r->chart[i];
	}
	return NULL;
}

static void read_bytes(struct reader *r, const char *path, const char *bytes, size_t len)
{
	size_t max = limit_of(LIMIT_MANIFEST_BYTES);
	struct yaml_stream s = { .bytes = bytes, .len = len > max ? 0 : len, .line = 1 };
	struct yaml_part part;
	uint32_t template = 0;

	r->ret->bytes += len;
	if (len > max)
		add_problem(r, path, 0, arena_printf(r->arena, "has more than %zu bytes, the limit "
						     "manifest-bytes", max));
	if (odd_is_utf16(bytes, s.len))
		add_problem(r, path, 0, "is in UTF-16, not in UTF-8");
	while (!r->ret->cut && yaml_next_part(&s, &part)) {
		if (r->ret->documents >= limit_of(LIMIT_MANIFESTS))
			r->ret->cut = "manifests";
		else
			take_part(r, path, &part, &template);
	}
	if (!template)
		return;
	r->ret->templates++;
	VEC_RESERVE(r->loose, r->loose_cap, r->nloose + 1);
	r->loose[r->nloose++] = (struct manifest_problem){
		.path = path, .line = template, .col = 1, .text = "",
	};
}

/* What a template names literally; what cannot be read is a template all the same. */
static void read_template(struct reader *r, const char *path, uint32_t ref)
{
	struct tree_buf buf = { 0 };
	struct err ignored = ERR_INIT;
	struct chart_image found;
	uint32_t line = 1;
	size_t at = 0;

	if (!tree_read(r->tree, path, ref, limit_of(LIMIT_YAML_BYTES), &buf, &ignored))
		while (chart_image_next(buf.bytes, buf.len, &at, &line, r->arena, &found)) {
			VEC_RESERVE(r->image, r->image_cap, r->ret->nimages + 1);
			r->image[r->ret->nimages++] = (struct manifest_image){
				told(r, path), found,
			};
		}
	tree_buf_release(&buf);
}

static void read_file(struct reader *r, const char *path, uint32_t ref)
{
	struct manifest_chart *chart = chart_of(r, path);
	struct tree_buf buf = { 0 };
	struct err err = ERR_INIT;

	r->ret->files++;
	if (chart) {
		chart->templates++;
		r->ret->templates++;
		read_template(r, path, ref);
		return;
	}
	r->own = path;
	if (tree_read(r->tree, path, ref, limit_of(LIMIT_MANIFEST_BYTES) + 1, &buf, &err))
		add_problem(r, told(r, path), 0, err.msg);
	else
		read_bytes(r, told(r, path), buf.bytes, buf.len);
	tree_buf_release(&buf);
}

/* ---- folders ---- */

struct folder { const char *path; uint32_t depth; };

static void take_chart(struct reader *r, const char *folder, const struct tree_entry *entry,
		       uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (entry[i].kind == ENTRY_FILE && !strcmp(entry[i].name, "Chart.yaml")) {
			VEC_RESERVE(r->chart, r->chart_cap, r->ncharts + 1);
			r->chart[r->ncharts++] = (struct manifest_chart){
				.folder = folder,
				.path = told(r, path_join(r->arena, folder, entry[i].name)),
			};
		}
}

static int walk(struct reader *r, struct err *err)
{
	struct folder *todo = NULL;
	uint32_t n = 0, cap = 0;

	VEC_RESERVE(todo, cap, 1);
	todo[n++] = (struct folder){ r->o->dir, 0 };
	while (n && !r->ret->cut) {
		struct folder at = todo[--n];
		struct tree_entry *entry;
		uint32_t count;

		if (tree_list_files(r->tree, at.path, wants, r->arena, &entry, &count, err)) {
			free(todo);
			return err_wrap(err, "cannot list the manifests in '%s'", at.path);
		}
		take_chart(r, at.path, entry, count);
		for (uint32_t i = 0; i < count; i++) {
			const char *path = path_join(r->arena, at.path, entry[i].name);

			if (entry[i].kind == ENTRY_FILE && wants(entry[i].name) &&
			    (!r->o->wants || r->o->wants(r->o->ctx, path)))
				read_file(r, path, entry[i].ref);
		}
		/* The stack gives back what went on it last: the folders in their order. */
		for (uint32_t i = count; i-- > 0;) {
			if (entry[i].kind != ENTRY_DIR || is_skipped(entry[i].name) ||
			    at.depth >= limit_of(LIMIT_DIR_DEPTH))
				continue;
			VEC_RESERVE(todo, cap, n + 1);
			todo[n++] = (struct folder){
				path_join(r->arena, at.path, entry[i].name), at.depth + 1,
			};
		}
	}
	free(todo);
	return 0;
}

static int by_path(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct manifest *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (c)
		return c;
	if (a->root->line != b->root->line)
		return a->root->line < b->root->line ? -1 : 1;
	return (a->root->col > b->root->col) - (a->root->col < b->root->col);
}

static int patch_order(const void *va, const void *vb, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)va, *(const char *const *)vb);
}

static int patch_seek(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static void mark_patches(struct reader *r)
{
	if (!r->npatches)
		return;
	sort_with(r->patch, r->npatches, sizeof(*r->patch), patch_order, NULL);
	for (uint32_t i = 0; i < r->count; i++)
		r->item[i].patch = bsearch(r->item[i].path, r->patch, r->npatches,
					   sizeof(*r->patch), patch_seek) != NULL;
}

/* Copies a list into the arena, and gives back what it grew in. */
static const void *keep(struct arena *arena, void *list, uint32_t count, size_t size)
{
	void *own = arena_alloc(arena, count, size);

	if (list)
		memcpy(own, list, count * size);
	free(list);
	return own;
}

/* What was found moves into the arena. */
static void hand_over(struct reader *r)
{
	struct manifests *ret = r->ret;

	mark_patches(r);
	if (r->count)
		sort_with(r->item, r->count, sizeof(*r->item), by_path, NULL);
	ret->count = r->count;
	ret->nproblems = r->nproblems;
	ret->nloose = r->nloose;
	ret->ncharts = r->ncharts;
	ret->nvalues = r->nvalues;
	ret->ncollectors = r->ncollectors;
	ret->item = keep(r->arena, r->item, r->count, sizeof(*r->item));
	ret->problem = keep(r->arena, r->problem, r->nproblems, sizeof(*r->problem));
	ret->loose = keep(r->arena, r->loose, r->nloose, sizeof(*r->loose));
	ret->chart = keep(r->arena, r->chart, r->ncharts, sizeof(*r->chart));
	ret->values = keep(r->arena, r->values, r->nvalues, sizeof(*r->values));
	ret->collector = keep(r->arena, r->collector, r->ncollectors, sizeof(*r->collector));
	ret->image = keep(r->arena, r->image, ret->nimages, sizeof(*r->image));
	free(r->patch);
}

int manifests_read(struct tree *t, const struct manifests_options *o, struct arena *arena,
		   struct manifests *ret, struct err *err)
{
	struct reader r = { .tree = t, .o = o, .arena = arena, .ret = ret };
	uint32_t ref;
	int rc = 0;

	*ret = (struct manifests){ .count = 0 };
	if (!o->file)
		rc = walk(&r, err);
	else if (tree_find(t, o->file, arena, &ref))
		read_file(&r, o->file, ref);
	hand_over(&r);
	return rc;
}

int manifests_read_fd(int fd, const char *name, struct arena *arena, struct manifests *ret,
		      struct err *err)
{
	static const struct manifests_options none = { .dir = "" };
	struct reader r = {
		.o = &none, .arena = arena, .ret = ret, .own = name, .written = true,
	};
	size_t max = limit_of(LIMIT_MANIFEST_BYTES), len = 0, cap = 0;
	char *bytes = NULL;
	ssize_t n = 1;

	*ret = (struct manifests){ .count = 0 };
	while (n && len <= max) {
		VEC_RESERVE(bytes, cap, len + 65536);
		n = fault_hit(FAULT_READ) ? errno = EIO, -1 : read(fd, bytes + len, cap - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			free(bytes);
			return err_set(err, ERR_INPUT, "cannot read '%s': %s", name,
				       strerror(errno));
		}
		len += (size_t)n;
	}
	ret->files = 1;
	read_bytes(&r, name, bytes, len);
	hand_over(&r);
	free(bytes);
	return 0;
}
