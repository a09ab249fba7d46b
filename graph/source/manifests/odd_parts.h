/* SPDX-License-Identifier: MIT */
/*
 * odd_parts.h - documents that are nearly manifests, or more than one: sources of a template
 * engine, those that lack what a cluster asks of each, Lists, files in another encoding.
 * Only manifests.c includes it.
 */
#ifndef MESHCTL_ODD_PARTS_H
#define MESHCTL_ODD_PARTS_H

#include "base/yaml.h"

/*
 * Would a part that is no YAML be some, were each {{...}} a word?  Or does it hold what only
 * engines read, as {{ if }}?  Else it is broken, whatever texts it has for alerts.
 */
bool odd_is_template(const struct yaml_part *p, struct arena *arena);
/* What a document lacks that is meant for a cluster: "apiVersion", "kind"; NULL = nothing. */
const char *odd_lacks(const struct yaml_node *root);
/* A List is what it lists, and so are the Lists in it; anything else is its own only entry. */
void odd_entries(const struct yaml_node *root,
		 void (*take)(void *ctx, const struct yaml_node *list,
			      const struct yaml_node *entry), void *ctx);
/* A manifest in UTF-16, as some shells write what a program prints. */
bool odd_is_utf16(const char *bytes, size_t len);

#endif
