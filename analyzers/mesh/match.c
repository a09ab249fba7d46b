/* SPDX-License-Identifier: MIT */
/* match.c - services by the names of their workloads and images; ports by code and environment. */
#include "analyzers/mesh/match.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The name of the workload says most, then its label, its folder's, an image's. */
enum likeness { BY_NAME, BY_LABEL, BY_FOLDER, BY_IMAGE, LIKENESSES };

/* "orders" of "registry/shop/orders:1.4@sha256:..." */
static const char *base_of(const char *image, size_t *ret_len)
{
	const char *slash = strrchr(image, '/');

	image = slash ? slash + 1 : image;
	*ret_len = strcspn(image, ":@");
	return image;
}

static bool is_base(const char *image, const char *name)
{
	size_t n;
	const char *base = base_of(image, &n);

	return strlen(name) == n && !strncmp(base, name, n);
}

/* cmd/server of the service shop is often called shop-server. */
static bool is_folder_name(const struct service *s, const char *name)
{
	size_t n = strlen(s->name), len;
	const char *base = base_of(s->package, &len);

	return !strncmp(name, s->name, n) && name[n] == '-' && strlen(name) == n + 1 + len &&
	       !strncmp(name + n + 1, base, len);
}

static bool runs(const struct object *o, const struct service *s, enum likeness how)
{
	const struct yaml_node *labels = object_labels(o), *list = object_containers(o);

	if (how == BY_NAME)
		return !strcmp(o->m->name, s->name);
	if (how == BY_LABEL)
		return labels && !strcmp(manifest_text(yaml_get(labels, "app")), s->name);
	if (how == BY_FOLDER)
		return is_folder_name(s, o->m->name);
	for (uint32_t i = 0; i < manifest_count(list); i++)
		if (is_base(manifest_text(yaml_get(list->item[i], "image")), s->name))
			return true;
	return false;
}

void mesh_match(const struct objects *o, const struct services *s, struct arena *arena,
		struct mesh_match *ret)
{
	const struct object_list *l = &o->of[OBJECT_WORKLOAD];

	*ret = (struct mesh_match){
		.of = arena_array(arena, const struct object *, s->count + 1),
	};
	for (uint32_t k = 0; k < s->count; k++) {
		for (unsigned how = 0; how < LIKENESSES && !ret->of[k]; how++)
			for (uint32_t i = 0; i < l->count && !ret->of[k]; i++)
				if (runs(&l->item[i], &s->service[k], how))
					ret->of[k] = &l->item[i];
		ret->matched += ret->of[k] != NULL;
	}
	for (uint32_t i = 0; i < l->count; i++)
		ret->workloads += mesh_match_service(ret, s, &l->item[i]) != NULL;
}

const struct service *mesh_match_service(const struct mesh_match *m, const struct services *s,
					 const struct object *workload)
{
	for (uint32_t k = 0; k < s->count; k++)
		if (m->of[k] == workload)
			return &s->service[k];
	return NULL;
}

/* The length of "registry.example.com/shop/"; 0 = the image names no place. */
static size_t place_of(const char *image)
{
	const char *slash = strrchr(image, '/');

	return slash ? (size_t)(slash - image) + 1 : 0;
}

static bool same_place(const struct object *workload, const char *image, size_t n)
{
	const struct yaml_node *list = object_containers(workload);

	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const char *own = manifest_text(yaml_get(list->item[i], "image"));

		if (place_of(own) == n && !strncmp(own, image, n))
			return true;
	}
	return false;
}

/* One service may have several workloads: of another zone, a canary. */
static bool is_any(const struct services *s, const struct object *workload)
{
	for (uint32_t k = 0; k < s->count; k++)
		for (unsigned how = 0; how < LIKENESSES; how++)
			if (runs(workload, &s->service[k], how))
				return true;
	return false;
}

const struct yaml_node *mesh_match_stranger(const struct mesh_match *m, const struct services *s,
					    const struct object *workload)
{
	const struct yaml_node *list = object_containers(workload);

	if (is_any(s, workload))
		return NULL;
	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const struct yaml_node *image = yaml_get(list->item[i], "image");
		size_t n = place_of(manifest_text(image));

		for (uint32_t k = 0; n && k < s->count; k++)
			if (m->of[k] && same_place(m->of[k], image->text, n))
				return image;
	}
	return NULL;
}

/* What the container's environment gives the key; *ret_set: it is there, whatever it is. */
static uint32_t port_in_env(const struct yaml_node *container, const char *key, bool *ret_set)
{
	const struct yaml_node *list = yaml_get(container, "env");

	*ret_set = false;
	for (uint32_t i = 0; i < manifest_count(list); i++) {
		const char *value = manifest_text(yaml_get(list->item[i], "value"));
		const char *colon = strrchr(value, ':');

		if (strcmp(manifest_text(yaml_get(list->item[i], "name")), key) != 0)
			continue;
		*ret_set = true;
		value = colon ? colon + 1 : value;
		return *value && !value[strspn(value, "0123456789")] ?
		       (uint32_t)strtoul(value, NULL, 10) : 0;
	}
	return 0;
}

enum serves mesh_match_listens(const struct service *s, const struct yaml_node *container,
			       uint32_t port, uint32_t *ret_own)
{
	/* Flags and whole sets of keys may choose another one. */
	bool sure = s->nports && !yaml_get(container, "args") && !yaml_get(container, "command") &&
		    !yaml_get(container, "envFrom");

	*ret_own = 0;
	for (uint32_t i = 0; i < s->nports; i++) {
		const struct service_port *p = &s->port[i];
		bool set = false;
		uint32_t own = *p->env ? port_in_env(container, p->env, &set) : 0;

		own = set ? own : p->number;
		*ret_own = *ret_own ? *ret_own : own;
		if (own == port)
			return SERVES;
		sure &= own != 0;
	}
	return sure ? SERVES_NOT : SERVES_MAYBE;
}
