/* SPDX-License-Identifier: MIT */
/*
 * services.h - the services of a repository as its code tells them: programs, what
 * they listen on and serve, whom they call, what protects their calls.
 *
 * The policy's `services:` section names what the code cannot: a context, a program,
 * a port.  Where both speak the policy counts, and what the code says is kept beside it.
 */
#ifndef MESHCTL_SERVICES_H
#define MESHCTL_SERVICES_H

#include "analyzers/analyzer.h"

#define SERVICE_NONE UINT32_MAX

/* Where a fact stands: a Go file of the tree, or the policy. */
struct service_place {
	const char *path;               /* relative to the tree's root; "" = nowhere */
	uint32_t line, col;             /* from 1; 0 = not known */
	const char *symbol;             /* the function that it stands in; "" = none */
};

/*
 * A text that the code puts together.  What is written is in `text`; where a part of it
 * is a variable that nothing in the program resolves, that part is left out: `head` and
 * `tail` say on which side something unknown stands.
 */
struct service_text {
	const char *text;               /* "" where nothing is known */
	bool head, tail;                /* unknown text before it, behind it */
};

/* What travels over a port or a call.  Rows of service_protocols.def. */
enum service_protocol {
	PROTO_UNKNOWN,
#define PROTOCOL(id, name, prefix) id,
#include "analyzers/services/service_protocols.def"
#undef PROTOCOL
	PROTO_COUNT
};
extern const char *const service_protocol_name[PROTO_COUNT];    /* "http" "grpc" ... */
/* What a Kubernetes port's name begins with, for Istio to know it: "http", "grpc", "tcp". */
extern const char *const service_protocol_prefix[PROTO_COUNT];

struct service_port {
	const char *name;               /* of the policy; "" = none */
	uint32_t number;                /* 0 = not known */
	const char *env;                /* the environment key that chooses it; "" = none */
	enum service_protocol protocol;
	struct service_place at;
};

/* An HTTP route, or a gRPC method's service. */
struct service_route {
	const char *method;             /* "GET"; "" = every one */
	struct service_text path;       /* as the router writes it: "/orders/:id", "/a/{x}" */
	bool prefix;                    /* what is below path too: a file server, "/x/" */
	const char *framework;          /* a row of routers.def: "gin", "net/http" */
	enum service_protocol protocol; /* PROTO_GRPC: path is "/package.Service/" */
	struct service_place at;
};

/* A key of the environment that the program reads. */
struct service_env {
	const char *key;
	const char *standard;           /* the literal it falls back to; "" = none */
	struct service_place at;
};

/* A call to another service or host. */
struct service_call {
	/* index in services.service; SERVICE_NONE: outside, or nothing tells */
	uint32_t to;
	struct service_text host;       /* "orders.shop.svc", "api.stripe.com"; without port */
	uint32_t port;                  /* 0 = not known */
	const char *env;                /* "ORDERS_ADDR", which gives the address; "" = none */
	const char *client;             /* "orderspb.NewOrdersClient", "http.Get"; for people */
	enum service_protocol protocol;
	bool tls;                       /* https://, or credentials other than insecure */
	/* Why it is held to be `to`: "the address key ORDERS_ADDR", "the client of pb.Orders". */
	const char *reason;
	struct service_place at;
};

/* What guards calls: a breaker, a retry, a timeout, a limit.  Rows of guards.def. */
struct service_setting {
	const char *key;                /* as the library writes it: "ErrorPercentThreshold" */
	const char *literal;            /* as the code writes it: "50", "time.Second * 3" */
	int64_t value;                  /* durations in milliseconds; INT64_MIN = not known */
	struct service_place at;
};
struct service_guard {
	const char *library;            /* a row of guards.def: "hystrix-go", "gobreaker" */
	const char *kind;               /* "breaker", "retry", "timeout" */
	const char *name;               /* of the command or breaker; "" = none */
	/* whose calls it guards, a guard for each of them; SERVICE_NONE: outside, or not known */
	uint32_t to;
	bool outside;                   /* of SERVICE_NONE: surely of no service */
	/* Why: "the calls at cart/client.go:20"; of SERVICE_NONE why nothing tells. */
	const char *reason;
	struct service_setting *setting;
	uint32_t nsettings;
	struct service_place at;
};

/* Discovery inside the program, which a mesh makes needless. */
struct service_discovery {
	const char *library;            /* a row of discoveries.def: "Consul", "etcd", "Nacos" */
	const char *does;               /* "registers", "looks up" */
	struct service_text name;       /* what it registers or looks for */
	struct service_place at;
};

struct service {
	const char *name;               /* a DNS label: [a-z0-9-], at most 63 bytes */
	const char *context;            /* bounded context; "" = none */
	const char *package;            /* folder of its main package from the root; "." = root */
	const char *namespace_;         /* of the policy; "" = not said */
	bool declared;                  /* the policy names it */
	struct service_place at;        /* of func main, or of the policy's row */
	const char *image;              /* of the policy; "" = not said */
	struct service_port *port;      uint32_t nports;        /* by number, then name */
	struct service_route *route;    uint32_t nroutes;       /* by path, method, place */
	struct service_env *env;        uint32_t nenvs;         /* by key */
	struct service_call *call;      uint32_t ncalls;        /* by target, then place */
	struct service_guard *guard;    uint32_t nguards;
	struct service_discovery *discovery; uint32_t ndiscoveries;
	const char **datastore;         uint32_t ndatastores;   /* of datastores.def, sorted */
};

struct services {
	struct service *service;        /* by name */
	uint32_t count;
	/* Proof of work. */
	uint32_t programs;              /* main packages looked at */
	uint32_t skipped_programs;      /* that listen on nothing and are not declared: tools */
	uint32_t files, bytes;          /* Go files parsed for it */
	uint32_t degraded;              /* of them with syntax errors */
	uint32_t unresolved_routes;     /* of which nothing of the path is known */
	uint32_t unresolved_calls;      /* whose target nothing tells */
};

/*
 * Finds the services.  What belongs to a program is what its main package reaches
 * through imports inside the repository.  Parses the files that import what a table
 * names, and what these lead to; trees are kept in the fact cache unless a->no_cache.  No
 * network, nothing is built.  All of *ret lives in `arena`.
 */
int services_find(const struct analysis *a, struct arena *arena, struct services *ret,
		  struct err *err);

/* The service of that name; NULL = none. */
const struct service *services_get(const struct services *s, const char *name);
/*
 * Does the service serve this request path?  With `method` "" any method will do.
 * SERVES_MAYBE where an unresolved part of a route may stand for it.
 */
enum serves { SERVES_NOT, SERVES_MAYBE, SERVES };
enum serves service_serves(const struct service *s, const char *method, const char *path,
			   const struct service_route **ret_route);

#endif
