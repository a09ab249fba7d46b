/* SPDX-License-Identifier: MIT */
/*
 * buildcfg.h - a build configuration: GOOS, GOARCH, cgo, tags and Go version,
 * and the questions that go/build asks of it.  Follows go/build's matchTag and
 * goodOSArchFile, internal/syslist and internal/buildcfg (tool tags).
 */
#ifndef MESHCTL_BUILDCFG_H
#define MESHCTL_BUILDCFG_H

#include "base/arena.h"
#include "base/err.h"

#define CONFIGS_MAX 32u                 /* a set of configurations is a uint32_t */
#define GO_NEWEST_MINOR 27u             /* the newest Go version known: go1.27 */

struct build_config {
	const char *goos, *goarch;
	const char *name;               /* "linux/amd64", "linux/amd64 without cgo" */
	const char *const *tags;        /* -tags, borrowed */
	uint32_t ntags;
	bool cgo;
	unsigned go_minor;              /* release tags go1.1 .. go1.<go_minor> hold */
};

/*
 * Fills *ret from "GOOS/GOARCH".  Unknown names are ERR_USAGE that names the
 * nearest known one.  Strings are copied into the arena; tags are borrowed.
 */
int build_config_init(struct arena *arena, const char *platform, bool cgo, unsigned go_minor,
		      const char *const *tags, uint32_t ntags, struct build_config *ret,
		      struct err *err);
/* "1.21", "go1.21", "1.21.3", "1.22rc1" -> 21; -1 with ERR_USAGE where it is none. */
int go_version_minor(const char *text, unsigned *ret_minor, struct err *err);

/* Is the tag true in this configuration?  Tag text need not be NUL-terminated. */
bool build_config_tag(const struct build_config *c, const char *tag, size_t len);
/* The GOOS/GOARCH suffix of a file name: false when it excludes the file. */
bool build_config_name(const struct build_config *c, const char *file_name);

#endif
