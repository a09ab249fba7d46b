/* SPDX-License-Identifier: MIT */
/* manifest_work.h - what the parts of manifest.c share. */
#ifndef MESHCTL_TEMPLATES_MANIFEST_WORK_H
#define MESHCTL_TEMPLATES_MANIFEST_WORK_H

#include "templates/manifest.h"

#define PORT_UNKNOWN 8080u              /* where neither code nor policy says one */

struct maker {
	const struct manifest_wish *w;
	const struct services *s;
	struct arena *arena;
	uint32_t lost, unrouted;
};

/* Services that one program serves: each its own but for STAGE_MONO. */
struct program {
	const char *name;
	const uint32_t *member;         /* of services.service, ascending */
	uint32_t count;
};
/* By name; each service that is wanted is in one. */
uint32_t manifest_programs(const struct maker *m, struct program **ret);
/* The program that serves it. */
const char *manifest_program_of(const struct maker *m, uint32_t service);

bool manifest_wanted(const struct maker *m, uint32_t service);
const char *manifest_namespace(const struct service *s);
const char *manifest_host(const struct maker *m, const struct service *s);      /* all of it */
/* "cmd/orders/main.go:41", or what else there is to say. */
const char *manifest_from(const struct maker *m, const struct service_place *at);
void manifest_yaml(const struct maker *m, struct json *o, const char *key, const char *text);
/* "orders_v1": as part of the name of a Prometheus rule. */
const char *manifest_record(const struct maker *m, const struct service *s, const char *version);
/* "http", "grpc-admin": the name of the i-th port, at most 15 bytes. */
const char *manifest_port_name(const struct maker *m, const struct service *s, uint32_t i);
uint32_t manifest_port_number(const struct service_port *p);
/* Is it HTTP that a mesh can look into? */
bool manifest_is_http(const struct service *s);

/* What a template is filled from. */
struct json *manifest_program_view(const struct maker *m, const struct program *p);
struct json *manifest_service_view(struct maker *m, uint32_t service);
/* Members of Istio's files. */
void manifest_istio(struct maker *m, uint32_t service, struct json *o);
/* Members of the files of the other targets. */
void manifest_others(const struct maker *m, uint32_t service, struct json *o);
/* How Consul's agent asks it; NULL = it listens on nothing. */
struct json *manifest_check(const struct maker *m, uint32_t service);
/* Breakers, retries, timeouts of those who call it. */
void manifest_guards(struct maker *m, uint32_t service, struct json *o);
/* Guards of wanted services that belong to none of the services. */
uint32_t manifest_untold(const struct maker *m);
/* The probes of a program: kubelet asks routes that the code has. */
struct json *manifest_probes(const struct maker *m, const struct program *p);
/* The hosts outside that wanted services call, a view each; an array. */
struct json *manifest_hosts(const struct maker *m);

#endif
