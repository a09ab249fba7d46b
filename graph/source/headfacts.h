/* SPDX-License-Identifier: MIT */
/*
 * headfacts.h - what scan.c finds in the head of one file, and the block that the
 * facts of some files are packed in for the fact cache.  Of a file they depend on
 * its base name, its contents, and what source_options asks for, on nothing else.
 */
#ifndef MESHCTL_HEADFACTS_H
#define MESHCTL_HEADFACTS_H

#include "graph/source/header.h"

struct head_facts {
	const char *package, *problem;  /* NULL = none */
	const struct header_import *import;
	struct header_directive *directive;
	uint32_t ndirectives;
	uint32_t package_len, nimports, flags, configs, lines;
	uint32_t package_line, package_col, problem_line, problem_col, min_go;
	const char *domain;             /* NULL = none */
	uint32_t domain_line, domain_col, domain_end;
	uint64_t bytes;                 /* that were read; not packed */
	/* For headcache.h, all false and 0 without it. */
	bool known;                     /* from the cache: the file need not be read */
	bool proven;                    /* of bytes whose blob id is the one that was hinted */
	uint64_t size;                  /* of the file, where proven */
};

/* The facts of fact[member[0..count)], in that order, in `arena`. */
const void *heads_pack(const struct head_facts *fact, const uint32_t *member, uint32_t count,
		       struct arena *arena, size_t *ret_size);
/*
 * Those facts again, in ret[0..count); texts point into the block, which is aligned to
 * 8 bytes.  False for what heads_pack() cannot have written for as many files.
 */
bool heads_unpack(const void *block, size_t size, uint32_t count, struct arena *arena,
		  struct head_facts *ret);

#endif
