/* SPDX-License-Identifier: MIT */
/* objects.c - manifests by class and name; hosts and selectors as Istio reads them. */
#include "analyzers/mesh/objects.h"

#include <stdlib.h>
#include <string.h>

static const struct { const char *group, *kind; enum object_class class; } kinds[] = {
	{ "", "Service", OBJECT_SERVICE }, { "", "Pod", OBJECT_WORKLOAD },
	{ "", "Namespace", OBJECT_NAMESPACE }, { "", "Secret", OBJECT_SECRET },
	{ "apps", "Deployment", OBJECT_WORKLOAD }, { "apps", "StatefulSet", OBJECT_WORKLOAD },
	{ "apps", "DaemonSet", OBJECT_WORKLOAD }, { "apps", "ReplicaSet", OBJECT_WORKLOAD },
	{ "", "ReplicationController", OBJECT_WORKLOAD },
	{ "argoproj.io", "Rollout", OBJECT_WORKLOAD },
	{ "apps.openshift.io", "DeploymentConfig", OBJECT_WORKLOAD },
	{ "batch", "Job", OBJECT_WORKLOAD }, { "batch", "CronJob", OBJECT_WORKLOAD },
	{ "networking.k8s.io", "Ingress", OBJECT_INGRESS },
	{ "networking.istio.io", "VirtualService", OBJECT_VIRTUAL_SERVICE },
	{ "networking.istio.io", "DestinationRule", OBJECT_DESTINATION_RULE },
	{ "networking.istio.io", "Gateway", OBJECT_GATEWAY },
	{ "networking.istio.io", "ServiceEntry", OBJECT_SERVICE_ENTRY },
	{ "networking.istio.io", "Sidecar", OBJECT_SIDECAR },
	{ "security.istio.io", "PeerAuthentication", OBJECT_PEER_AUTH },
	{ "networking.istio.io", "EnvoyFilter", OBJECT_ENVOY_FILTER },
	{ "security.istio.io", "AuthorizationPolicy", OBJECT_AUTHORIZATION },
	{ "security.istio.io", "RequestAuthentication", OBJECT_REQUEST_AUTH },
	{ "telemetry.istio.io", "Telemetry", OBJECT_TELEMETRY },
	{ "extensions.istio.io", "WasmPlugin", OBJECT_WASM },
	{ "gateway.networking.k8s.io", "HTTPRoute", OBJECT_ROUTE },
	{ "gateway.networking.k8s.io", "GRPCRoute", OBJECT_ROUTE },
	{ "gateway.networking.k8s.io", "Gateway", OBJECT_K8S_GATEWAY },
};

static bool class_of(const struct manifest *m, enum object_class *ret)
{
	const char *slash = strrchr(m->api, '/');
	size_t n = slash ? (size_t)(slash - m->api) : 0;

	for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strlen(kinds[i].group) == n && !strncmp(kinds[i].group, m->api, n) &&
		    !strcmp(kinds[i].kind, m->kind)) {
			*ret = kinds[i].class;
			return true;
		}
	return false;
}

static const struct yaml_node *pod_of(const struct manifest *m)
{
	if (!strcmp(m->kind, "Pod"))
		return m->root;
	if (!strcmp(m->kind, "CronJob"))
		return manifest_at(m->root, "spec", "jobTemplate", "spec", "template", NULL);
	return manifest_at(m->root, "spec", "template", NULL);
}

static int by_name(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct manifest *a = ((const struct object *)va)->m;
	const struct manifest *b = ((const struct object *)vb)->m;
	int c = strcmp(a->name, b->name);

	c = c ? c : strcmp(a->space, b->space);
	/* They stand in one list, in the order of paths and lines. */
	return c ? c : (a > b) - (a < b);
}

void objects_init(const struct manifests *m, struct arena *arena, struct objects *ret)
{
	uint32_t count[OBJECT_CLASSES] = { 0 };
	enum object_class class;

	*ret = (struct objects){ .arena = arena };
	for (uint32_t i = 0; i < m->count; i++)
		if (!m->item[i].patch && class_of(&m->item[i], &class))
			count[class]++;
	for (unsigned c = 0; c < OBJECT_CLASSES; c++)
		ret->of[c].item = arena_array(arena, struct object, count[c]);
	for (uint32_t i = 0; i < m->count; i++) {
		if (m->item[i].patch || !class_of(&m->item[i], &class))
			continue;
		struct object_list *l = &ret->of[class];
		struct object o = { .m = &m->item[i] };

		if (class == OBJECT_WORKLOAD && !(o.pod = pod_of(o.m)))
			continue;
		l->item[l->count++] = o;
	}
	for (unsigned c = 0; c < OBJECT_CLASSES; c++)
		if (ret->of[c].count)
			sort_with(ret->of[c].item, ret->of[c].count, sizeof(struct object),
				  by_name, NULL);
}

bool object_space_fits(const char *a, const char *b)
{
	return !*a || !*b || !strcmp(a, b);
}

bool object_space_of_cluster(const char *space)
{
	static const char *const spaces[] = { "istio-system", "kube-public", "kube-system" };

	for (unsigned i = 0; i < ARRAY_SIZE(spaces); i++)
		if (!strcmp(space, spaces[i]))
			return true;
	return false;
}

const struct object *objects_get(const struct objects *o, enum object_class class,
				 const char *space, const char *name)
{
	const struct object_list *l = &o->of[class];
	const struct object *near = NULL;
	uint32_t lo = 0, hi = l->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (strcmp(l->item[mid].m->name, name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < l->count && !strcmp(l->item[lo].m->name, name); lo++) {
		const struct object *at = &l->item[lo];

		if (!strcmp(at->m->space, space))
			return at;
		if (!near && object_space_fits(at->m->space, space))
			near = at;
	}
	return near;
}

/* ---- hosts ---- */

/* "*.example.com" stands for all below it. */
bool object_host_fits(const char *pattern, const char *host)
{
	size_t p = strlen(pattern), h = strlen(host);

	if (!strncmp(pattern, "*.", 2))
		return h >= p && !strcmp(host + h - (p - 1), pattern + 1);
	return !strcmp(pattern, "*") || !strcmp(pattern, host);
}

bool object_host_wild(const char *pattern, const struct object *service, struct arena *arena)
{
	const char *space = *service->m->space ? service->m->space : "default";

	return *pattern == '*' &&
	       object_host_fits(pattern, arena_printf(arena, "%s.%s.svc.cluster.local",
						      service->m->name, space));
}

static const struct object *entry_of(const struct objects *o, const char *host)
{
	const struct object_list *l = &o->of[OBJECT_SERVICE_ENTRY];

	for (uint32_t i = 0; i < l->count; i++) {
		const struct yaml_node *hosts = manifest_at(l->item[i].m->root, "spec", "hosts",
							    NULL);

		for (uint32_t h = 0; hosts && hosts->kind == YAML_LIST && h < hosts->count; h++)
			if (object_host_fits(manifest_text(hosts->item[h]), host))
				return &l->item[i];
	}
	return NULL;
}

/*
 * "name.space.svc.cluster.local": name and space, or false.  What is shorter, or ends with a
 * dot, Istio takes as it is, and finds nothing.
 */
static bool split_host(const char *host, struct arena *arena, const char **ret_name,
		       const char **ret_space)
{
	const char *dot = strchr(host, '.'), *second = dot ? strchr(dot + 1, '.') : NULL;

	if (!second || strncmp(second, ".svc.", 5) != 0 || !second[5] ||
	    second[strlen(second) - 1] == '.')
		return false;
	*ret_name = arena_strndup(arena, host, (size_t)(dot - host));
	*ret_space = arena_strndup(arena, dot + 1, (size_t)(second - dot - 1));
	return true;
}

bool object_host_space(const char *host, struct arena *arena, const char **ret_space)
{
	const char *name;

	return split_host(host, arena, &name, ret_space);
}

bool object_has_port(const struct objects *o, const struct object *service, uint32_t number)
{
	const struct object_list *l = &o->of[OBJECT_SERVICE];
	bool known = false;

	/* Of one name there may be several, for one place each: one of them will do. */
	for (uint32_t i = 0; i < l->count; i++) {
		const struct manifest *m = l->item[i].m;
		const struct yaml_node *list = manifest_at(m->root, "spec", "ports", NULL);

		if (strcmp(m->name, service->m->name) != 0 ||
		    !object_space_fits(m->space, service->m->space))
			continue;
		known |= list && list->kind == YAML_LIST;
		for (uint32_t k = 0; list && list->kind == YAML_LIST && k < list->count; k++) {
			const struct yaml_node *n = yaml_get(list->item[k], "port");
			uint32_t own;

			if (n && yaml_uint(n, &own) && own == number)
				return true;
		}
	}
	return !known;
}

struct object_host object_host(const struct objects *o, const char *space, const char *host)
{
	struct object_host ret = { .skipped = false };
	const char *name = host;

	if (!*host || strchr(host, '*') || !host[strspn(host, "0123456789.")] ||
	    strchr(host, ':')) {
		ret.skipped = true;
		return ret;
	}
	ret.entry = entry_of(o, host);
	if (!strchr(host, '.') || split_host(host, o->arena, &name, &space))
		ret.service = objects_get(o, OBJECT_SERVICE, space, name);
	return ret;
}

/* "*", ".", "~" or the name of a namespace. */
static bool exports_to(const char *word, const char *own, const char *space)
{
	return !strcmp(word, "*") || (!strcmp(word, ".") && object_space_fits(own, space)) ||
	       !strcmp(word, space);
}

static bool word_exports(const char *words, const char *own, const char *space,
			 struct arena *arena)
{
	while (*words) {
		size_t n = strcspn(words, ",");
		const char *at = words + strspn(words, " ");
		size_t len = (size_t)(words + n - at);

		while (len && at[len - 1] == ' ')
			len--;
		if (exports_to(arena_strndup(arena, at, len), own, space))
			return true;
		words += n + (words[n] == ',');
	}
	return false;
}

static bool is_exported(const struct object *o, const char *space)
{
	const struct yaml_node *list = object_spec(o, "exportTo");

	for (uint32_t i = 0; list && i < manifest_count(list); i++)
		if (exports_to(manifest_text(list->item[i]), o->m->space, space))
			return true;
	return !manifest_count(list);
}

bool object_meet(const struct object *a, const struct object *b)
{
	const struct yaml_node *list = object_spec(a, "exportTo");

	for (uint32_t i = 0; list && i < manifest_count(list); i++) {
		const char *text = manifest_text(list->item[i]);

		if (!strcmp(text, "*") ||
		    is_exported(b, !strcmp(text, ".") ? a->m->space : text))
			return true;
	}
	return !manifest_count(list);
}

const struct yaml_node *object_spec(const struct object *o, const char *key)
{
	return manifest_at(o->m->root, "spec", key, NULL);
}

bool object_host_seen(const struct object_host *h, const char *space)
{
	const struct manifest *m = h->service ? h->service->m : h->entry->m;
	const struct yaml_node *list = h->service ? NULL : manifest_at(m->root, "spec", "exportTo",
								       NULL);
	const struct yaml_node *notes = manifest_at(m->root, "metadata", "annotations", NULL);
	const char *words = h->service && notes ?
			    manifest_text(yaml_get(notes, "networking.istio.io/exportTo")) : "";
	struct arena scratch = ARENA_INIT;
	bool seen = !manifest_count(list);

	if (!*space)
		return true;
	for (uint32_t i = 0; list && i < manifest_count(list) && !seen; i++)
		seen = exports_to(manifest_text(list->item[i]), m->space, space);
	if (*words)
		seen = word_exports(words, m->space, space, &scratch);
	arena_release(&scratch);
	return seen;
}

/* ---- pods ---- */

bool object_selected(const struct yaml_node *selector, const struct yaml_node *labels)
{
	if (!selector || selector->kind != YAML_MAP || !selector->count)
		return false;
	for (uint32_t i = 0; i < selector->count; i++) {
		const struct yaml_node *v = labels ? yaml_get(labels, selector->pair[i].key->text) :
					    NULL;

		if (!v || strcmp(v->text, selector->pair[i].value->text) != 0)
			return false;
	}
	return true;
}

uint32_t object_count_selected(const struct objects *o, const char *space,
			       const struct yaml_node *selector)
{
	const struct object_list *l = &o->of[OBJECT_WORKLOAD];
	uint32_t n = 0;

	for (uint32_t i = 0; i < l->count; i++)
		n += object_space_fits(l->item[i].m->space, space) &&
		     (!selector || object_selected(selector, object_labels(&l->item[i])));
	return n;
}

static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

bool object_rivals(const struct object *a, const struct object *b, enum severity *ret_most)
{
	size_t n = folder_len(a->m->path);
	bool here = n == folder_len(b->m->path) && !strncmp(a->m->path, b->m->path, n);

	*ret_most = here ? SEV_OFF : SEV_INFO;
	return strcmp(a->m->name, b->m->name) != 0 ||
	       !object_space_fits(a->m->space, b->m->space);
}

const struct yaml_node *object_labels(const struct object *workload)
{
	return manifest_at(workload->pod, "metadata", "labels", NULL);
}

const struct yaml_node *object_annotations(const struct object *workload)
{
	return manifest_at(workload->pod, "metadata", "annotations", NULL);
}

static const struct yaml_node *pod_list(const struct object *workload, const char *key)
{
	const struct yaml_node *list = manifest_at(workload->pod, "spec", key, NULL);

	return list && list->kind == YAML_LIST ? list : NULL;
}

const struct yaml_node *object_containers(const struct object *workload)
{
	return pod_list(workload, "containers");
}

const struct yaml_node *object_first_containers(const struct object *workload)
{
	return pod_list(workload, "initContainers");
}
