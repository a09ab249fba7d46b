/* SPDX-License-Identifier: MIT */
/*
 * foreign_place.c - which pattern says which layer.  A pattern goes to the group
 * that most of its packages are of; a package whose most specific pattern says
 * something else is listed by its folder, which beats every wildcard.
 */
#include "analyzers/foreign/foreign.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

uint32_t foreign_winner(const struct foreign *f, const char *folder, bool placed)
{
	uint32_t best = ID_NONE;
	bool tie = false;

	for (uint32_t i = 0; i < f->npatterns; i++) {
		struct err ignored = ERR_INIT;

		if ((placed && f->pattern[i].group == ID_NONE) ||
		    pattern_match(f->pattern[i].compiled, f->matcher, folder, NULL, &ignored) <= 0)
			continue;
		int order = best == ID_NONE ? -1 :
			    pattern_compare(f->pattern[i].compiled, f->pattern[best].compiled);

		if (order < 0) {
			best = i;
			tie = false;
		} else if (!order && (!placed || f->pattern[i].group != f->pattern[best].group)) {
			tie = true;
		}
	}
	return tie ? ID_NONE : best;
}

/* The group of most packages that the pattern wins; those that are there count more. */
static void claim(struct foreign *f)
{
	uint64_t *votes = xcalloc((size_t)f->npatterns * f->ngroups, sizeof(*votes));

	for (uint32_t i = 0; i < f->npackages; i++) {
		uint32_t best = foreign_winner(f, f->package[i].folder, false);

		if (best != ID_NONE)
			votes[(size_t)best * f->ngroups + f->package[i].group] +=
				f->package[i].sample ? 1 : UINT64_C(1) << 32;
	}
	for (uint32_t p = 0; p < f->npatterns; p++) {
		uint64_t most = 0;

		for (uint32_t g = 0; g < f->ngroups; g++)
			if (votes[(size_t)p * f->ngroups + g] > most) {
				most = votes[(size_t)p * f->ngroups + g];
				f->pattern[p].group = g;
			}
	}
	free(votes);
}

/* Does a pattern of this text stand there already? */
static struct foreign_pattern *find(struct foreign *f, const char *text)
{
	for (uint32_t i = 0; i < f->npatterns; i++)
		if (!strcmp(f->pattern[i].text, text))
			return &f->pattern[i];
	return NULL;
}

static void name_it(struct foreign *f, const char *text, uint32_t group)
{
	struct foreign_pattern *p = find(f, text);

	if (!p) {
		foreign_pattern(f, text, NULL, false);
		p = find(f, text);
	}
	if (p)
		p->group = group;
}

/* Are all packages below this one of its group? */
static bool whole_below(const struct foreign *f, uint32_t at)
{
	const struct foreign_package *p = &f->package[at];
	uint32_t below = 0;

	for (uint32_t i = 0; i < f->npackages && !f->package[i].sample; i++) {
		const struct foreign_package *q = &f->package[i];

		if (i == at || !path_below(q->folder, p->folder))
			continue;
		below++;
		if (q->group != p->group)
			return false;
	}
	return below && *p->folder;
}

static bool is_placed(const struct foreign *f, const struct foreign_package *p)
{
	uint32_t best = foreign_winner(f, p->folder, true);

	return best != ID_NONE && f->pattern[best].group == p->group;
}

void foreign_place(struct foreign *f)
{
	claim(f);
	for (uint32_t i = 0; i < f->npackages; i++) {
		const struct foreign_package *p = &f->package[i];
		const char *below;

		if (p->sample || is_placed(f, p))
			continue;
		below = arena_printf(f->arena, "%s/**", p->folder);
		if (whole_below(f, i) && (!find(f, below) || find(f, below)->group == ID_NONE))
			name_it(f, below, p->group);
		if (!is_placed(f, p))
			name_it(f, *p->folder ? p->folder : ".", p->group);
	}
}
