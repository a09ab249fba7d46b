/* SPDX-License-Identifier: MIT */
/*
 * mask.h - Go that the grammar does not know, written as Go that it knows, byte
 * for byte: no offset changes, so that the tree fits the file as it is.
 *
 * Meant for files in which the grammar finds errors.  Each rewrite is a row of
 * the table in mask.c and keeps what valid Go means to a parser; broken files
 * stay broken.
 */
#ifndef MESHCTL_MASK_H
#define MESHCTL_MASK_H

#include "base/base.h"

enum mask_kind {
	MASK_NAME,
	MASK_KEYWORD,
	MASK_LITERAL,                   /* number, rune, string */
	MASK_OPERATOR,                  /* and punctuation, ';' too */
	/* a semicolon that Go puts at a line's end, or the file's */
	MASK_NEWLINE,
};

/* A token as Go scans it; comments are none. */
struct mask_token {
	/* of MASK_NEWLINE: the newline, or the comment with one in it */
	uint32_t start, end;
	/* of a bracket: the other one; MASK_ALONE = there is none */
	uint32_t partner;
	enum mask_kind kind;
};

#define MASK_ALONE UINT32_MAX

struct mask_tokens {
	struct mask_token *item;
	uint32_t count, cap;
};

/* Never fails: what Go would not scan becomes an operator of one byte. */
void mask_scan(const char *text, uint32_t len, struct mask_tokens *ret);
void mask_tokens_release(struct mask_tokens *t);

/* Whether the grammar takes before + text[0..len) + behind as the declaration of a file. */
struct mask_judge {
	bool (*parses)(void *ctx, const char *before, const char *text, uint32_t len,
		       const char *behind);
	void *ctx;
};

/*
 * For files without errors too: `if x.y { f() }` with a block of its own on the next
 * line is, to the grammar, an if of the literal x.y{f()} with that block.  Whether a
 * block may follow another one; the semicolon that Go has there, and how many.
 */
bool mask_blocks_needed(const char *text, uint32_t len);
uint32_t mask_blocks(char *text, uint32_t len);

/* Rewrites text[0..len) in place; how many places. */
uint32_t mask_rewrite(char *text, uint32_t len, const struct mask_judge *judge);

#endif
