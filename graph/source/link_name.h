/* SPDX-License-Identifier: MIT */
/*
 * link_name.h - what the name of a package has to do with its import path, where
 * nothing but the path is known of it.
 */
#ifndef MESHCTL_LINK_NAME_H
#define MESHCTL_LINK_NAME_H

#include "base/base.h"

/* The more the better. */
enum name_fit {
	FIT_NONE,
	/* Words of the path next to each other: barbaz, bar_baz, bazv2 of x.org/go-bar-baz/v2. */
	FIT_WORDS,
	/* What goimports assumes: bar of x.org/go-bar-baz, yaml of gopkg.in/yaml.v3. */
	FIT_ASSUMED,
	/* The last segment, of .../v2 and later the one before: all of the standard library. */
	FIT_SEGMENT,
};

enum name_fit import_name_fit(const char *path, size_t path_len, const char *name, size_t len);

#endif
