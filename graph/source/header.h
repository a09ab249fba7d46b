/* SPDX-License-Identifier: MIT */
/*
 * header.h - the head of a Go file: comments, package clause, imports.
 *
 * Follows the go command exactly, in its two steps.  The reader (go/build's
 * readGoInfo) finds where the imports end without understanding them; then
 * go/parser's ImportsOnly mode accepts or refuses what the reader kept.  A file
 * that the second step refuses has a package name perhaps, and no imports.
 */
#ifndef MESHCTL_HEADER_H
#define MESHCTL_HEADER_H

#include "graph/source/directive.h"

enum header_status {
	HEADER_OK,
	HEADER_SYNTAX,                  /* refused by the parser; see problem */
	HEADER_NUL,                     /* a NUL byte: the go command gives up on the file */
	HEADER_MORE,                    /* the bytes ended first and are not the whole file */
};

struct header_import {
	const char *path;               /* unquoted, NUL-terminated, in the arena */
	const char *name;               /* alias, "_" or "."; "" = none */
	uint32_t line, col, end_col;    /* of the spec; the path's end on its last line */
};

struct header {
	enum header_status status;
	const char *package;            /* points into the bytes; NULL when not known */
	uint32_t package_len;
	uint32_t package_line, package_col;     /* of the name */
	const char *go_build;           /* the //go:build line, trimmed; NULL = none */
	uint32_t go_build_len;
	bool many_go_build;             /* more than one: an error to Go */
	uint32_t plus_build_end;        /* // +build lines count in bytes[0..plus_build_end) */
	bool generated;
	/*
	 * The first comment before the first declaration that says `// domain: NAME` or
	 * `//meshctl:domain=NAME`: NAME is one word of letters, digits and _ - . / @ +
	 */
	const char *domain;             /* points into the bytes; NULL = none */
	uint32_t domain_len;
	uint32_t domain_line, domain_col, domain_end;   /* of the comment; end exclusive */
	uint32_t section_start, section_end;    /* bytes of all import declarations; empty = none */
	uint32_t section_line, section_col;     /* of section_start */
	const struct header_import *import;
	uint32_t nimports;
	const struct header_directive *directive;       /* their text points into the bytes */
	uint32_t ndirectives;
	const char *problem;            /* constant text, lower case */
	uint32_t problem_line, problem_col;
};

/*
 * Scans bytes[0..len).  `whole` says that the file ends there.  What is found
 * points into bytes or lives in the arena.
 */
void header_scan(const char *bytes, size_t len, bool whole, struct arena *arena,
		 struct header *ret);

/* The rules of go/build for the text of an import path (isValidImport). */
bool import_path_valid(const char *path);

/*
 * The imports of a section as tree-sitter sees them, in the same shape.  One
 * parser a worker.  False when the tree has an error: the grammar and the
 * scanner then disagree, and the scanner, which follows Go, is believed.
 */
struct import_parser;
struct import_parser *import_parser_new(void);
void import_parser_free(struct import_parser *p);
bool import_parser_run(struct import_parser *p, const char *bytes, const struct header *h,
		       struct arena *arena, const struct header_import **ret_import,
		       uint32_t *ret_nimports);

#endif
