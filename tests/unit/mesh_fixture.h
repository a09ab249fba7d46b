/* SPDX-License-Identifier: MIT */
/* mesh_fixture.h - a small model of services, written by hand: web calls orders, orders users. */
#ifndef MESHCTL_MESH_FIXTURE_H
#define MESHCTL_MESH_FIXTURE_H

#include "analyzers/services/services.h"

enum { FIX_BATCH, FIX_ORDERS, FIX_USERS, FIX_WEB, FIX_COUNT };

#define AT(path, line) { path, line, 1, "" }
#define KNOWN(text) { text, false, false }

static struct service_port fix_orders_port[] = {
	{ "", 8081, "PORT", PROTO_HTTP, AT("cmd/orders/main.go", 20) },
};
static struct service_port fix_users_port[] = {
	{ "", 9090, "", PROTO_GRPC, AT("cmd/users/main.go", 21) },
};
static struct service_port fix_web_port[] = {
	{ "", 0, "", PROTO_HTTP, AT("cmd/web/main.go", 22) },
	{ "", 9100, "", PROTO_HTTP, AT("cmd/web/main.go", 23) },
};
static struct service_route fix_orders_route[] = {
	{ "GET", KNOWN("/healthz"), false, "gin", PROTO_HTTP, AT("internal/api/routes.go", 10) },
	{ "GET", KNOWN("/orders/:id"), false, "gin", PROTO_HTTP, AT("internal/api/routes.go", 11) },
	{ "POST", KNOWN("/orders"), false, "gin", PROTO_HTTP, AT("internal/api/routes.go", 12) },
};
static struct service_route fix_users_route[] = {
	{ "", KNOWN("/grpc.health.v1.Health/"), true, "grpc", PROTO_GRPC,
	  AT("cmd/users/main.go", 30) },
	{ "", KNOWN("/users.v1.Users/"), true, "grpc", PROTO_GRPC, AT("cmd/users/main.go", 31) },
};
static struct service_env fix_orders_env[] = {
	{ "DB_DSN", "", AT("internal/db/db.go", 5) },
	{ "PORT", ":8081", AT("cmd/orders/main.go", 19) },
	{ "USERS_ADDR", "localhost:9090", AT("internal/client/users.go", 7) },
};
static struct service_env fix_web_env[] = {
	{ "ORDERS_URL", "http://localhost:8081", AT("cmd/web/main.go", 12) },
};
static struct service_call fix_orders_call[] = {
	{ FIX_USERS, KNOWN(""), 0, "USERS_ADDR", "userspb.NewUsersClient", PROTO_GRPC, false,
	  "the address key USERS_ADDR", AT("internal/client/users.go", 9) },
	{ SERVICE_NONE, KNOWN("api.stripe.com"), 0, "", "http.Post", PROTO_HTTP, true, "",
	  AT("internal/pay/pay.go", 40) },
	{ SERVICE_NONE, KNOWN("redis"), 6379, "", "redis.NewClient", PROTO_TCP, false, "",
	  AT("internal/pay/pay.go", 41) },
};
static struct service_call fix_web_call[] = {
	{ FIX_ORDERS, KNOWN(""), 0, "ORDERS_URL", "http.Get", PROTO_HTTP, false,
	  "the address key ORDERS_URL", AT("cmd/web/main.go", 50) },
};
static struct service_setting fix_setting[] = {
	{ "Timeout", "3000", 3000, AT("cmd/web/breaker.go", 11) },
	{ "MaxConcurrentRequests", "100", 100, AT("cmd/web/breaker.go", 12) },
	{ "SleepWindow", "5000", 5000, AT("cmd/web/breaker.go", 13) },
	{ "ErrorPercentThreshold", "25", 25, AT("cmd/web/breaker.go", 14) },
	{ "RequestVolumeThreshold", "cfg.Volume", INT64_MIN, AT("cmd/web/breaker.go", 15) },
};
static struct service_setting fix_retry[] = {
	{ "Attempts", "3", 3, AT("cmd/web/retry.go", 8) },
};
static struct service_guard fix_web_guard[] = {
	{ "hystrix-go", "breaker", "orders", FIX_ORDERS, false, "", fix_setting,
	  ARRAY_SIZE(fix_setting),
	  AT("cmd/web/breaker.go", 10) },
	{ "retry-go", "retry", "", FIX_ORDERS, false, "", fix_retry, 1, AT("cmd/web/retry.go", 7) },
};

#define PLAIN(label, folder, line) .name = (label), .context = "", .package = (folder), \
	.namespace_ = "", .image = "", .at = AT(folder "/main.go", line)

static struct service fix_service[] = {
	[FIX_BATCH] = { PLAIN("batch", "cmd/batch", 9) },
	[FIX_ORDERS] = {
		PLAIN("orders", "cmd/orders", 10),
		.port = fix_orders_port, .nports = 1,
		.route = fix_orders_route, .nroutes = ARRAY_SIZE(fix_orders_route),
		.env = fix_orders_env, .nenvs = ARRAY_SIZE(fix_orders_env),
		.call = fix_orders_call, .ncalls = ARRAY_SIZE(fix_orders_call),
	},
	[FIX_USERS] = {
		PLAIN("users", "cmd/users", 11),
		.port = fix_users_port, .nports = 1,
		.route = fix_users_route, .nroutes = ARRAY_SIZE(fix_users_route),
	},
	[FIX_WEB] = {
		PLAIN("web", "cmd/web", 12),
		.port = fix_web_port, .nports = 2,
		.env = fix_web_env, .nenvs = 1,
		.call = fix_web_call, .ncalls = 1,
		.guard = fix_web_guard, .nguards = 2,
	},
};
static const struct services fix_services = { .service = fix_service, .count = FIX_COUNT };

#endif
