/* SPDX-License-Identifier: MIT */
/* syntax_tidy.c - parameters as Go groups them, pointers as Go reads them. */
#include "graph/source/syntax_tidy.h"

#include <stdlib.h>

/*
 * The parameters of one list: a run of those that are one name each, then one
 * that has names and a type.  The first of the run becomes the parameter; the
 * other nodes of the kind are left out, what is in them becomes its children.
 */
struct join {
	struct syn *syn;
	bool found;
};

/* Marks a node to be left out; no node has this kind. */
#define LEFT_OUT ((uint8_t)SYN_COUNT)

/* A parameter of one child, the name of a type. */
static bool is_one_name(const struct syn *syn, uint32_t param)
{
	return syn[param].kind == SYN_PARAM && syn[param].next == param + 2 &&
	       syn[param + 1].kind == SYN_TYPE_NAME;
}

static bool has_names(const struct syn *syn, uint32_t param)
{
	return syn[param].kind == SYN_PARAM && param + 1 < syn[param].next &&
	       syn[param + 1].field == FIELD_NAME;
}

/* From the first of the run to the parameter with the type. */
static void join_run(struct join *j, uint32_t first, uint32_t last)
{
	struct syn *syn = j->syn;

	for (uint32_t n = first; n < syn[last].next; n = syn[n].next) {
		if (is_one_name(syn, n)) {
			syn[n + 1].kind = SYN_IDENTIFIER;
			syn[n + 1].field = FIELD_NAME;
		}
		if (syn[n].kind == SYN_COMMENT)
			syn[n].parent = first;
		for (uint32_t c = n + 1; c < syn[n].next; c = syn[c].next)
			syn[c].parent = first;
	}
	for (uint32_t n = first, next; n < syn[last].next; n = next) {
		next = syn[n].next;
		if (n != first && syn[n].kind == SYN_PARAM)
			syn[n].kind = LEFT_OUT;
	}
	syn[first].end = syn[last].end;
	syn[first].next = syn[last].next;
	j->found = true;
}

static void look_at_list(struct join *j, uint32_t list)
{
	struct syn *syn = j->syn;
	uint32_t first = 0, next;

	for (uint32_t n = list + 1; n < syn[list].next; n = next) {
		next = syn[n].next;
		if (syn[n].kind == SYN_COMMENT)
			continue;
		if (is_one_name(syn, n)) {
			first = first ? first : n;
			continue;
		}
		if (first && has_names(syn, n))
			join_run(j, first, n);
		first = 0;
	}
}

/* Closes the gaps; `at` says where each node goes, one left out where the next one goes. */
static uint32_t close_gaps(struct syn *syn, uint32_t nsyn)
{
	uint32_t *at = xrealloc(NULL, (size_t)nsyn + 1, sizeof(*at)), n = 0;

	for (uint32_t i = 0; i < nsyn; i++) {
		at[i] = n;
		n += syn[i].kind != LEFT_OUT;
	}
	at[nsyn] = n;
	for (uint32_t i = 0; i < nsyn; i++) {
		struct syn node = syn[i];

		if (node.kind == LEFT_OUT)
			continue;
		node.parent = at[node.parent];
		node.next = at[node.next];
		syn[at[i]] = node;
	}
	free(at);
	return n;
}

/*
 * conversion(pointer(*, T), x) becomes unary(*, conversion(T, x)): the conversion
 * moves two places down, the pointer goes.
 */
static void dereference(struct syn *syn, uint32_t unary)
{
	uint32_t star = unary + 1, conversion = unary + 2;
	struct syn pointer = syn[star];

	syn[star] = syn[conversion];
	syn[star].field = FIELD_OPERATOR;
	syn[star].parent = unary;
	syn[star].next = conversion;
	syn[conversion] = syn[unary];
	syn[conversion].field = FIELD_OPERAND;
	syn[conversion].parent = unary;
	syn[conversion].start = syn[conversion + 1].start;
	syn[conversion + 1].field = pointer.field;
	for (uint32_t c = conversion + 1; c < syn[unary].next; c = syn[c].next)
		syn[c].parent = conversion;
	syn[unary].kind = SYN_UNARY_EXPRESSION;
}

/* The pointer's type follows its star at once, without a comment between. */
static bool converts_to_pointer(const struct syn *syn, uint32_t n)
{
	return syn[n].kind == SYN_TYPE_CONVERSION && syn[n + 1].kind == SYN_POINTER_TYPE &&
	       syn[n + 2].kind == SYN_MUL && n + 3 < syn[n + 1].next &&
	       syn[n + 3].kind != SYN_COMMENT;
}

uint32_t syntax_tidy(struct syn *syn, uint32_t nsyn)
{
	struct join j = { .syn = syn };

	for (uint32_t n = 0; n < nsyn; n++) {
		if (syn[n].kind == SYN_PARAMS)
			look_at_list(&j, n);
		else if (converts_to_pointer(syn, n))
			dereference(syn, n);
	}
	return j.found ? close_gaps(syn, nsyn) : nsyn;
}
