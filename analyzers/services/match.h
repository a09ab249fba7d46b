/* SPDX-License-Identifier: MIT */
/* match.h - which service a call is for; and calls that only a key of the environment tells. */
#ifndef MESHCTL_SERVICES_MATCH_H
#define MESHCTL_SERVICES_MATCH_H

#include "analyzers/services/services_work.h"

/* `item` is in its final order: the numbers of `to` are places in it. */
void calls_match(struct found *item, uint32_t count, struct arena *arena, uint32_t *unresolved);
/* The name in a key: PRODUCT_CATALOG_SERVICE_ADDR is productcatalog; "" = no address. */
const char *match_key_name(const char *key, struct arena *arena);
/* Which of the services is meant by that host; SERVICE_NONE = none, or several. */
uint32_t match_host(const struct found *item, uint32_t count, const char *host,
		    struct arena *arena);

/* The one service of that plain name; SERVICE_NONE = none, or several. */
uint32_t match_plain(const struct found *item, uint32_t count, const char *plain,
		     struct arena *arena);
/* The one, `hint` if it is of them, that registers the gRPC service. */
uint32_t match_grpc(const struct found *item, uint32_t count, uint32_t self, const char *name,
		    uint32_t hint);

#define MATCH_DROPPED (SERVICE_NONE - 1)
/* Whose calls the guards of item[self] guard; `to`: of its calls as they were found. */
void guards_match(struct found *item, uint32_t count, uint32_t self, const uint32_t *to,
		  struct arena *arena);

#endif
