/* SPDX-License-Identifier: MIT */
/* adr_work.h - a record while it is read: shared by graph/source/adr/ only. */
#ifndef MESHCTL_ADR_WORK_H
#define MESHCTL_ADR_WORK_H

#include "base/yaml.h"
#include "graph/source/adr/adr.h"

struct adr_line {
	const char *text;               /* not terminated */
	size_t from, len;               /* in the record's bytes; without the line's end */
	uint32_t number;
};

struct adr_work {
	struct adr *r;
	struct arena *arena;
	struct adr_problem *problem;
	struct adr_link *link;          /* malloc, as the others */
	struct adr_section *section;
	struct adr_line *line;
	uint32_t nlinks, nsections, nlines, link_cap, section_cap, line_cap;
};

/* The lines of the record, a byte order mark and \r left out. */
void adr_lines(struct adr_work *w);
/* Bytes [from, to) of a line, trimmed, as a piece. */
struct adr_piece adr_piece_of(struct adr_work *w, const struct adr_line *l, size_t from, size_t to);
struct adr_piece adr_piece_yaml(struct adr_work *w, const struct yaml_node *n);

/*
 * The links of a text that begins at byte `from` of the line: "[x](y.md)", and records
 * named behind words such as "superseded by".  `bare`: a number alone is one too.
 * True where one of them relates two records.
 */
bool adr_links(struct adr_work *w, const struct adr_line *l, size_t from, bool bare);
/* The words of a relation at the beginning of a text; their length, or 0. */
size_t adr_relation_words(const char *text, size_t len, enum adr_relation *ret);
void adr_add_link(struct adr_work *w, enum adr_relation relation, const char *target,
		  struct adr_piece at);

void adr_read_markdown(struct adr_work *w);
/* False: it is no record. */
bool adr_read_yaml(struct adr_work *w);
/* What the front matter or the record in YAML says: status, date, links, risk. */
void adr_take_keys(struct adr_work *w, const struct yaml_node *map, enum adr_place place);
/* What yaml_read() said, as the record's problem. */
void adr_yaml_problem(struct adr_work *w, const struct err *err);
/* Is what this key says no part of what was decided? */
bool adr_key_may_change(const char *key, size_t len);
/* Mixes the words of a text into substance; what stands in the brackets of a link not. */
void adr_mix(struct adr *r, const char *text, size_t len);

/* The record whose number a text is, or ADR_NONE. */
uint32_t adr_numbered(const struct adrs *a, const char *text);

struct tree;

/* Fills adr_link.record and broken of all records, which are in their order. */
void adr_tie(struct tree *tree, const struct adrs *a, struct arena *arena);
bool adr_is_markdown(const char *path);
bool adr_is_yaml(const char *path);

/* ASCII letters without regard to case. */
bool adr_same(const char *a, size_t len, const char *word);
bool adr_begins(const char *a, size_t len, const char *word);

#endif
