/* SPDX-License-Identifier: MIT */
/*
 * service_name.h - what a program is called where the policy does not say: a DNS
 * label (RFC 1035) made of its folder.
 */
#ifndef MESHCTL_SERVICE_NAME_H
#define MESHCTL_SERVICE_NAME_H

#include "base/arena.h"

#define SERVICE_NAME_MAX 63u

/* [a-z]([-a-z0-9]*[a-z0-9])?, at most 63 bytes. */
bool service_name_fits(const char *name);
/* The nearest such name: "Order_API" is order-api; "service" where nothing is left. */
const char *service_name_from(const char *text, struct arena *arena);
/*
 * Of the folder of package main: its last segment that says something.  cmd, server
 * and their like say nothing; api, rpc, worker say what kind and follow the one before.
 * `module` (a module path) where the folder says nothing.
 */
const char *service_name_of(const char *folder, const char *module, struct arena *arena);
/* The same with the segment before it, for the second of a name: shop-order. */
const char *service_name_longer(const char *folder, const char *name, struct arena *arena);
/* For comparing names of people: letters and digits only, small, without service, svc, srv. */
const char *service_name_plain(const char *text, struct arena *arena);

#endif
