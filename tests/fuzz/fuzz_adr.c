/* SPDX-License-Identifier: MIT */
/*
 * fuzz_adr.c - decision records of any text: what is read lies inside of the text, and
 * reading it again says the same.  The first byte chooses Markdown or YAML.
 */
#include "base/arena.h"
#include "graph/source/adr/adr.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void holds(bool yes)
{
	if (!yes)
		abort();
}

static void inside(const struct adr *r, const struct adr_piece *p)
{
	holds(p->from <= p->to && p->to <= r->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct adr_problem problem;
	struct adr a, b;

	if (!size)
		return 0;
	const char *path = data[0] & 1 ? "doc/0001-a.yaml" : "doc/0001-a.md";
	const char *text = arena_strndup(&arena, (const char *)data + 1, size - 1);
	bool record = adr_parse(path, text, size - 1, &arena, &a, &problem);

	inside(&a, &a.title);
	inside(&a, &a.status);
	inside(&a, &a.date);
	for (uint32_t i = 0; i < a.nlinks; i++)
		inside(&a, &a.link[i].at);
	holds((a.state == ADR_NO_STATUS) == (a.status_in == ADR_IN_NOTHING));
	holds(record == adr_parse(path, text, size - 1, &arena, &b, &problem));
	holds(a.substance == b.substance && a.state == b.state && a.nlinks == b.nlinks);
	arena_release(&arena);
	return 0;
}
