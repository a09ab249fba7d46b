/* SPDX-License-Identifier: MIT */
/*
 * importdecl.h - package clause and import declarations as go/parser reads
 * them in ImportsOnly mode.  Used by header.c only.
 */
#ifndef MESHCTL_IMPORTDECL_H
#define MESHCTL_IMPORTDECL_H

#include "graph/source/header.h"

/*
 * Fills package, section, imports, status and problem of *h from bytes[0..len).
 * `whole`: the text ends there; else reaching the end gives HEADER_MORE.
 */
void import_decls_parse(const char *bytes, size_t len, bool whole, struct arena *arena,
			struct header *h);

#endif
