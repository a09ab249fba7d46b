/* SPDX-License-Identifier: MIT */
/* test_services.c - names of services, what a route serves, whom an address means. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/services/match.h"
#include "analyzers/services/service_name.h"

static void labels(void **state)
{
	static const struct { const char *folder, *module, *name; } rows[] = {
		{ "cmd/orders", "ex.com/shop", "orders" },
		{ "cmd/server", "ex.com/shop", "shop" },
		{ ".", "ex.com/shop/v2", "shop" },
		{ "", "ex.com/Shop_Web", "shop-web" },
		{ "app/cart/service/cmd/server", "m", "cart" },
		{ "app/order/cmd/api", "m", "order-api" },
		{ "cmd/worker", "ex.com/shop", "shop-worker" },
		{ "src/Product_Catalog", "m", "product-catalog" },
		{ "cmd/9lives", "m", "lives" },
		{ "cmd/---", "m", "service" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *name = service_name_of(rows[i].folder, rows[i].module, &a);

		assert_string_equal(name, rows[i].name);
		assert_true(service_name_fits(name));
	}
	arena_release(&a);
}

/* Whatever bytes: a label, of at most 63 bytes; and a label stays what it is. */
static void any_text_is_a_label(void **state)
{
	struct arena a = ARENA_INIT;
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		char text[90];
		unsigned len;

		seed = seed * 1664525 + 1013904223;
		len = (seed >> 8) % (sizeof(text) - 1);
		for (unsigned i = 0; i < len; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = (char)(1 + (seed >> 16) % 255);
		}
		text[len] = '\0';
		const char *name = service_name_from(text, &a);

		assert_true(service_name_fits(name));
		assert_string_equal(service_name_from(name, &a), name);
		arena_reset(&a);
	}
	assert_false(service_name_fits("../x"));
	assert_false(service_name_fits("a-"));
	assert_false(service_name_fits("-a"));
	assert_false(service_name_fits("1a"));
	assert_false(service_name_fits(""));
	arena_release(&a);
}

static enum serves ask(const char *method, const char *route, bool prefix, bool head, bool tail,
		       const char *with, const char *path)
{
	struct service_route r = {
		.method = method, .path = { route, head, tail }, .prefix = prefix,
		.protocol = PROTO_HTTP,
	};
	const struct service s = { .route = &r, .nroutes = 1 };
	const struct service_route *found;

	return service_serves(&s, with, path, &found);
}

static void serves(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/a", false, false, false, "GET", "/a"), SERVES);
	assert_int_equal(ask("GET", "/a", false, false, false, "", "/a"), SERVES);
	assert_int_equal(ask("GET", "/a", false, false, false, "HEAD", "/a"), SERVES);
	assert_int_equal(ask("GET", "/a", false, false, false, "POST", "/a"), SERVES_NOT);
	assert_int_equal(ask("", "/a", false, false, false, "POST", "/a"), SERVES);
	assert_int_equal(ask("", "/a", false, false, false, "", "/ab"), SERVES_NOT);
	assert_int_equal(ask("", "/a", false, false, false, "", "/a/b"), SERVES_NOT);
	assert_int_equal(ask("", "/a/", true, false, false, "", "/a/b/c"), SERVES);
	assert_int_equal(ask("", "/a/", true, false, false, "", "/ab"), SERVES_NOT);
	assert_int_equal(ask("", "/", true, false, false, "", "/x"), SERVES);
	assert_int_equal(ask("", "/a/:id", false, false, false, "", "/a/7"), SERVES);
	assert_int_equal(ask("", "/a/:id", false, false, false, "", "/a/"), SERVES_NOT);
	assert_int_equal(ask("", "/a/{id}/x", false, false, false, "", "/a/7/x"), SERVES);
	assert_int_equal(ask("", "/a/{id}/x", false, false, false, "", "/a/7/y"), SERVES_NOT);
	assert_int_equal(ask("", "/a/*rest", false, false, false, "", "/a/7/y"), SERVES);
	assert_int_equal(ask("", "/a/{p...}", false, false, false, "", "/a/7/y"), SERVES);
	assert_int_equal(ask("", "/a/{$}", false, false, false, "", "/a/"), SERVES);
	assert_int_equal(ask("", "/a/{$}", false, false, false, "", "/a/b"), SERVES_NOT);
	/* Something unknown before or behind. */
	assert_int_equal(ask("", "/healthz", false, true, false, "", "/api/healthz"),
			 SERVES_MAYBE);
	assert_int_equal(ask("", "/healthz", false, true, false, "", "/healthz"), SERVES_MAYBE);
	assert_int_equal(ask("", "/healthz", false, true, false, "", "/api/ready"), SERVES_NOT);
	assert_int_equal(ask("", "/api/", false, false, true, "", "/api/x"), SERVES_MAYBE);
	assert_int_equal(ask("", "/api/", false, false, true, "", "/v1/x"), SERVES_NOT);
}

static void keys(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(match_key_name("PRODUCT_CATALOG_SERVICE_ADDR", &a), "productcatalog");
	assert_string_equal(match_key_name("CART_SERVICE_HOST", &a), "cart");
	assert_string_equal(match_key_name("USERS_GRPC_ADDR", &a), "users");
	assert_string_equal(match_key_name("LEDGER_URL", &a), "ledger");
	assert_string_equal(match_key_name("PORT", &a), "");
	assert_string_equal(match_key_name("LOG_LEVEL", &a), "");
	assert_string_equal(service_name_plain("productcatalogservice", &a), "productcatalog");
	arena_release(&a);
}

static void hosts(void **state)
{
	struct found item[2] = { { .s.name = "api" }, { .s.name = "orders-service" } };
	struct arena a = ARENA_INIT;

	(void)state;
	assert_int_equal(match_host(item, 2, "orders-service", &a), 1);
	assert_int_equal(match_host(item, 2, "orders", &a), 1);
	assert_int_equal(match_host(item, 2, "orders.shop.svc.cluster.local", &a), 1);
	assert_int_equal(match_host(item, 2, "api.stripe.com", &a), SERVICE_NONE);
	assert_int_equal(match_host(item, 2, "payments", &a), SERVICE_NONE);
	assert_int_equal(match_host(item, 2, "", &a), SERVICE_NONE);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels),
		cmocka_unit_test(any_text_is_a_label),
		cmocka_unit_test(serves),
		cmocka_unit_test(keys),
		cmocka_unit_test(hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
