/* SPDX-License-Identifier: MIT */
/* dot_ids.c - names become symbols; edges, which have none, get ids beyond them. */
#include "graph/draw/dot_ids.h"
#include "base/sym.h"

#include <stdlib.h>
#include <string.h>

#define NAMELESS (UINT64_C(1) << 32)

struct ids {
	Agraph_t *graph;
	struct arena arena;
	struct symtab names;
	char **text;                    /* by symbol; libcgraph looks before the first byte */
	uint32_t ntext, cap;
	uint64_t nameless;
};

static void *ids_open(Agraph_t *g, Agdisc_t *disc UNUSED)
{
	struct ids *ids = xcalloc(1, sizeof(*ids));

	ids->graph = g;
	symtab_init(&ids->names, &ids->arena);
	ids->nameless = NAMELESS;
	return ids;
}

static void ids_close(void *state)
{
	struct ids *ids = state;

	symtab_release(&ids->names);
	arena_release(&ids->arena);
	free(ids->text);
	free(ids);
}

static long ids_map(void *state, int kind UNUSED, char *name, IDTYPE *ret, int create)
{
	struct ids *ids = state;

	if (!name)
		*ret = ids->nameless++;
	else
		*ret = create ? sym_from(&ids->names, name).v :
		       sym_find(&ids->names, name, strlen(name)).v;
	while (name && ids->ntext < ids->names.count) {
		const char *text = sym_text(&ids->names, (sym_id){ ids->ntext });

		VEC_RESERVE(ids->text, ids->cap, ids->ntext + 1);
		ids->text[ids->ntext] = agstrdup(ids->graph, loose(text));
		if (!ids->text[ids->ntext++])
			return 0;
	}
	return *ret != 0;
}

static void ids_free(void *state UNUSED, int kind UNUSED, IDTYPE id UNUSED)
{
}

static char *ids_print(void *state, int kind UNUSED, IDTYPE id)
{
	struct ids *ids = state;

	return id < ids->ntext ? ids->text[id] : NULL;
}

static void ids_register(void *state UNUSED, int kind UNUSED, void *object UNUSED)
{
}

/* Objects made by number, which a drawing has none of, some versions have a function for. */
Agiddisc_t dot_ids(void)
{
	Agiddisc_t own = AgIdDisc;

	own.open = ids_open;
	own.map = ids_map;
	own.free = ids_free;
	own.print = ids_print;
	own.close = ids_close;
	own.idregister = ids_register;
	return own;
}
