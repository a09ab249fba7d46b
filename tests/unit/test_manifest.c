/* SPDX-License-Identifier: MIT */
/* test_manifest.c - manifests of a model written by hand; files that people may change. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/replace.h"
#include "base/yaml.h"
#include "templates/kept_file.h"
#include "templates/manifest.h"
#include "tests/unit/mesh_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const enum mesh_target targets[] = {
	TARGET_ISTIO, TARGET_GATEWAY_API, TARGET_CONSUL, TARGET_NGINX
};
static const enum mesh_stage stages[] = { STAGE_MONO, STAGE_SPLIT, STAGE_MESH };

static struct manifests made(const struct manifest_wish *w, struct arena *a)
{
	struct err err = ERR_INIT;
	struct manifests all;

	if (manifests_make(w, a, &all, &err))
		fail_msg("%s", err.msg);
	return all;
}

static const char *file_of(const struct manifests *all, const char *path)
{
	for (uint32_t i = 0; i < all->count; i++)
		if (!strcmp(all->item[i].path, path))
			return all->item[i].text;
	return NULL;
}

static void has(const struct manifests *all, const char *path, const char *words)
{
	const char *text = file_of(all, path);

	if (!text)
		fail_msg("no %s", path);
	if (!strstr(text, words))
		fail_msg("%s has no \"%s\":\n%s", path, words, text);
}

/* Each document on its own: the stream is cut where a line is "---". */
static void read_documents(const char *path, const char *text, struct arena *a)
{
	for (const char *p = text; p;) {
		const char *end = strstr(p, "\n---\n");
		size_t len = end ? (size_t)(end - p) + 1 : strlen(p);
		struct yaml_node *n = NULL;
		struct err err = ERR_INIT;

		if (yaml_read(path, p, len, a, &n, &err))
			fail_msg("%s\n%s", err.msg, text);
		assert_int_equal(n->kind, YAML_MAP);
		assert_non_null(yaml_get(n, "apiVersion"));
		assert_non_null(yaml_get(n, "kind"));
		assert_non_null(yaml_get(yaml_get(n, "metadata"), "name"));
		p = end ? end + 5 : NULL;
	}
}

static void every_file_is_yaml(void **state UNUSED)
{
	const struct release r = { .fresh = "2026.1", .weight = 5, .testers = true, .zone = "a b" };

	for (size_t t = 0; t < ARRAY_SIZE(targets); t++)
		for (size_t s = 0; s < ARRAY_SIZE(stages); s++)
			for (int release = 0; release < 2; release++) {
				struct arena a = ARENA_INIT;
				const struct manifest_wish w = {
					.services = &fix_services, .target = targets[t],
					.stage = stages[s], .release = release ? &r : NULL,
				};
				struct manifests all = made(&w, &a);

				assert_true(all.count >= FIX_COUNT);
				for (uint32_t i = 0; i < all.count; i++) {
					if (i)
						assert_true(strcmp(all.item[i - 1].path,
								   all.item[i].path) < 0);
					if (all.item[i].yaml)
						read_documents(all.item[i].path, all.item[i].text,
							       &a);
				}
				arena_release(&a);
			}
}

static void facts_of_the_code(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct manifest_wish w = {
		.services = &fix_services, .target = TARGET_ISTIO, .stage = STAGE_MESH,
	};
	struct manifests all = made(&w, &a);

	has(&all, "orders/deployment.yaml", "path: /healthz\n              port: 8081");
	has(&all, "orders/deployment.yaml", "value: users:9090\n");
	has(&all, "orders/deployment.yaml", "#   DB_DSN  internal/db/db.go:5\n");
	has(&all, "users/deployment.yaml", "grpc:\n              port: 9090\n");
	has(&all, "web/deployment.yaml", "value: http://orders:8081\n");
	has(&all, "web/deployment.yaml", "tcpSocket:\n              port: 8080\n");
	has(&all, "orders/service.yaml", "- name: http\n      port: 8081\n");
	has(&all, "orders/virtualservice.yaml", "timeout: 3s\n");
	has(&all, "orders/virtualservice.yaml", "attempts: 0\n");
	has(&all, "orders/destinationrule.yaml", "baseEjectionTime: 5s\n");
	has(&all, "orders/destinationrule.yaml", "http2MaxRequests: 100\n");
	has(&all, "orders/destinationrule.yaml", "Not carried over: hystrix-go ErrorPercent");
	assert_null(strstr(file_of(&all, "orders/destinationrule.yaml"), "imeout:"));
	has(&all, "orders/authorizationpolicy.yaml", "- cluster.local/ns/default/sa/web\n");
	has(&all, "orders/authorizationpolicy.yaml", "- /orders/{*}\n");
	has(&all, "orders/peerauthentication.yaml", "mode: STRICT\n");
	has(&all, "web/peerauthentication.yaml", "mode: PERMISSIVE\n");
	assert_null(file_of(&all, "web/authorizationpolicy.yaml"));
	has(&all, "external/default.api.stripe.com/serviceentry.yaml", "- api.stripe.com\n");
	assert_null(file_of(&all, "external/default.redis/serviceentry.yaml"));
	assert_null(file_of(&all, "batch/service.yaml"));
	assert_int_equal(all.lost, 2);
	assert_int_equal(all.untold, 0);
	arena_release(&a);
}

/* While a caller is not in the mesh, nothing may refuse it. */
static void outside_callers(void **state UNUSED)
{
	const bool wanted[FIX_COUNT] = { [FIX_ORDERS] = true };
	struct arena a = ARENA_INIT;
	const struct manifest_wish w = {
		.services = &fix_services, .wanted = wanted, .target = TARGET_ISTIO,
		.stage = STAGE_MESH,
	};
	struct manifests all = made(&w, &a);

	has(&all, "orders/peerauthentication.yaml", "mode: PERMISSIVE\n");
	has(&all, "orders/peerauthentication.yaml", "STRICT when web is in the mesh");
	has(&all, "orders/authorizationpolicy.yaml", "istio.io/dry-run: \"true\"\n");
	assert_null(file_of(&all, "users/service.yaml"));
	arena_release(&a);
}

static void one_program(void **state UNUSED)
{
	struct service list[2] = { fix_service[FIX_ORDERS], fix_service[FIX_USERS] };
	const struct services s = { .service = list, .count = 2 };
	const struct manifest_wish w = { .services = &s, .target = TARGET_ISTIO, .stage =
		STAGE_MONO };
	struct arena a = ARENA_INIT;

	list[0].package = list[1].package = "cmd/server";
	list[0].ncalls = list[1].ncalls = 0;

	struct manifests all = made(&w, &a);

	has(&all, "server/deployment.yaml", "name: http-8081\n");
	has(&all, "server/deployment.yaml", "name: grpc-9090\n");
	assert_null(file_of(&all, "orders/deployment.yaml"));
	has(&all, "orders/service.yaml", "app: server\n");
	has(&all, "orders/service.yaml", "targetPort: http-8081\n");
	has(&all, "users/service.yaml", "targetPort: grpc-9090\n");
	arena_release(&a);
}

static void weights(void **state UNUSED)
{
	const struct release r = { .fresh = "v2", .weight = 5, .testers = true, .zone = "zone-a" };
	const struct manifest_wish w = {
		.services = &fix_services, .target = TARGET_ISTIO, .stage = STAGE_MESH, .release =
			&r,
	};
	struct arena a = ARENA_INIT;
	struct manifests all = made(&w, &a);
	const char *text = file_of(&all, "orders/virtualservice.yaml");
	int sum = 0, routes = 0;

	for (const char *p = strstr(text, "weight: "); p; p = strstr(p + 1, "weight: "))
		sum += (int)strtol(p + 8, NULL, 10);
	for (const char *p = strstr(text, "- name: "); p; p = strstr(p + 1, "- name: "))
		routes++;
	assert_int_equal(routes, 3);
	assert_int_equal(sum, 100 * routes);
	has(&all, "orders/virtualservice.yaml", "x-user-group:\n              exact: testers\n");
	has(&all, "orders/virtualservice.yaml", "topology.kubernetes.io/zone: zone-a\n");
	has(&all, "orders/destinationrule.yaml", "- name: v2\n      labels:\n        version: "
	    "v2\n");
	has(&all, "orders/deployment.yaml", "name: orders-v2\n");
	arena_release(&a);
}

/* ---- files that people may change ---- */

static const char *slurp(const char *path, struct arena *a)
{
	struct err err = ERR_INIT;
	const char *bytes = NULL;
	size_t len;

	assert_int_equal(file_read(path, 100000, a, &bytes, &len, &err), 0);
	return bytes;
}

static void spit(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static enum kept put(const char *dir, const char *path, const char *body, struct arena *a)
{
	struct err err = ERR_INIT;
	enum kept kind = KEPT_COUNT;

	if (kept_put(dir, path, body, false, a, &kind, &err))
		fail_msg("%s", err.msg);
	return kind;
}

static void three_ways(void **state UNUSED)
{
	char dir[] = "/tmp/meshctl-kept-XXXXXX";
	struct arena a = ARENA_INIT;
	enum kept kind;
	struct err err = ERR_INIT;

	assert_non_null(mkdtemp(dir));

	const char *file = arena_printf(&a, "%s/a/b.yaml", dir);
	const char *beside = arena_printf(&a, "%s" KEPT_BESIDE, file);

	assert_int_equal(kept_put(dir, "a/b.yaml", "one: 1\n", true, &a, &kind, &err), 0);
	assert_int_equal(kind, KEPT_NEW);
	assert_int_not_equal(access(file, F_OK), 0);
	assert_int_equal(put(dir, "a/b.yaml", "one: 1\n", &a), KEPT_NEW);
	assert_int_equal(put(dir, "a/b.yaml", "one: 1\n", &a), KEPT_SAME);
	assert_int_equal(put(dir, "a/b.yaml", "one: 2\n", &a), KEPT_UPDATED);
	spit(file, arena_printf(&a, "%stwo: 3\n", slurp(file, &a)));
	assert_int_equal(put(dir, "a/b.yaml", "one: 2\n", &a), KEPT_EDITED);
	assert_int_equal(put(dir, "a/b.yaml", "one: 4\n", &a), KEPT_CONFLICT);
	assert_non_null(strstr(slurp(file, &a), "two: 3"));
	assert_non_null(strstr(slurp(beside, &a), "one: 4"));
	/* Merged by hand, with the first line of the new text. */
	spit(file, arena_printf(&a, "%.*s\none: 4\ntwo: 3\n",
				(int)strcspn(slurp(beside, &a), "\n"), slurp(beside, &a)));
	assert_int_equal(put(dir, "a/b.yaml", "one: 4\n", &a), KEPT_EDITED);
	assert_int_not_equal(access(beside, F_OK), 0);
	spit(file, "mine: 1\n");
	assert_int_equal(put(dir, "a/b.yaml", "one: 4\n", &a), KEPT_FOREIGN);
	assert_string_equal(slurp(file, &a), "mine: 1\n");
	/* Nothing is written through a link. */
	assert_int_equal(symlink("/tmp", arena_printf(&a, "%s/out", dir)), 0);
	assert_int_equal(kept_put(dir, "out/x.yaml", "one: 1\n", false, &a, &kind, &err), -1);
	assert_non_null(strstr(err.msg, "symbolic link"));
	assert_int_equal(put(dir, "run.sh", "#!/bin/sh\necho\n", &a), KEPT_NEW);
	assert_int_equal(access(arena_printf(&a, "%s/run.sh", dir), X_OK), 0);
	assert_int_equal(strncmp(slurp(arena_printf(&a, "%s/run.sh", dir), &a),
				 "#!/bin/sh\n# meshctl:generated ", 30), 0);
	unlink(file);
	unlink(arena_printf(&a, "%s/out", dir));
	unlink(arena_printf(&a, "%s/run.sh", dir));
	rmdir(arena_printf(&a, "%s/a", dir));
	assert_int_equal(rmdir(dir), 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_is_yaml),
		cmocka_unit_test(facts_of_the_code),
		cmocka_unit_test(outside_callers),
		cmocka_unit_test(one_program),
		cmocka_unit_test(weights),
		cmocka_unit_test(three_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
