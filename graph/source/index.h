/* SPDX-License-Identifier: MIT */
/*
 * index.h - from import paths and folder paths to folders: arrays over the
 * symbols, built once.  source.c builds it, resolve.c asks it.
 */
#ifndef MESHCTL_INDEX_H
#define MESHCTL_INDEX_H

#include "graph/source/source.h"

struct source_index {
	const uint32_t *by_import; /* [nsyms] first folder with this import path + 1; 0 = none */
	const uint32_t *by_path;        /* [nsyms] folder at this path + 1; 0 = none */
	const uint32_t *next;           /* [ndirs] next folder with the same import path + 1 */
	const uint32_t *module_at;      /* [nsyms] module in the folder of this path + 1 */
	const uint32_t *module_of;      /* [nsyms] module of this module path + 1 */
	size_t longest_module;          /* bytes of the longest module path */
	uint32_t nsyms;                 /* symbols when the index was made */
	bool vendored;                  /* a GOPATH tree with vendor folders */
};

struct source_index *index_build(const struct source *s);

#endif
