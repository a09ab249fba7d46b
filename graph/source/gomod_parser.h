/* SPDX-License-Identifier: MIT */
/*
 * gomod_parser.h - what the statements (gomod.c) and the directives in them
 * (gomod_directive.c) share while a file is read.
 */
#ifndef MESHCTL_GOMOD_PARSER_H
#define MESHCTL_GOMOD_PARSER_H

#include "graph/source/gomod.h"
#include "graph/source/gomod_lex.h"

/* A growing array of any element; moved into the arena at the end. */
struct gomod_list {
	void *item;
	uint32_t count;
	size_t cap;
};

struct gomod_comments {                 /* the comment lines right above something */
	struct text *item;
	size_t count, cap;
};

struct gomod_parser {
	struct arena *arena;
	enum gomod_kind kind;
	struct gomod *out;
	struct gomod_lexer lexer;
	struct gomod_token *word;       /* of the statement that is being read */
	size_t nwords, cap;
	struct gomod_comments above;    /* above the statement */
	struct gomod_comments above_line;       /* above a line in its block */
	struct text behind;             /* the comment that ended the line, or "" */
	bool in_block, seen_module;
	struct gomod_list require, replace, ignore, tool, use, error;
};

struct gomod_line {                     /* a directive and its arguments */
	struct text verb;
	const struct gomod_token *arg;
	size_t nargs;
	uint32_t line, col;
};

enum gomod_verb {
	VERB_GO,
	VERB_TOOLCHAIN,
	VERB_MODULE,
	VERB_GODEBUG,
	VERB_REQUIRE,
	VERB_EXCLUDE,
	VERB_REPLACE,
	VERB_RETRACT,
	VERB_TOOL,
	VERB_IGNORE,
	VERB_USE,
	VERB_COUNT
};

/* VERB_COUNT where the word is no directive of this kind of file. */
enum gomod_verb gomod_find_verb(const struct gomod_parser *p, struct text name);
bool gomod_verb_has_blocks(enum gomod_verb verb);
/* Reads one directive into p->out and the lists, or reports its first fault. */
void gomod_add(struct gomod_parser *p, const struct gomod_line *l);

void gomod_fail(struct gomod_parser *p, uint32_t line, uint32_t col, const char *message);
/* A message that ends in a name from the file, cut where it would be too long. */
const char *gomod_about(struct gomod_parser *p, const char *what, struct text name);
bool text_is(struct text t, const char *s);

#endif
