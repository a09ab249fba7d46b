/* SPDX-License-Identifier: MIT */
/* hotspots.c - ranks files by how often they change and how hard that is. */
#include "analyzers/hotspots.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *va, const void *vb, void *ctx UNUSED)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return a < b ? -1 : a > b;
}

void percentile_ranks(const uint32_t *value, uint32_t n, double *ret)
{
	uint32_t *sorted = xcalloc((size_t)n + 1, sizeof(*sorted));

	if (n)
		memcpy(sorted, value, n * sizeof(*sorted));
	sort_with(sorted, n, sizeof(*sorted), by_value, NULL);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t lo = 0, hi = n, end;

		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;

			if (sorted[mid] < value[i])
				lo = mid + 1;
			else
				hi = mid;
		}
		for (end = lo, hi = n; end < hi;) {
			uint32_t mid = end + (hi - end) / 2;

			if (sorted[mid] <= value[i])
				end = mid + 1;
			else
				hi = mid;
		}
		ret[i] = n > 1 ? (lo + (end - lo - 1) / 2.0) / (n - 1) : 1;
	}
	free(sorted);
}

static uint32_t cognitive_of(const struct body *b)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; b && i < b->nfuncs; i++)
		sum += b->func[i].cognitive;
	return sum;
}

static int by_weight(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct hotspot *a = va, *b = vb;

	if (a->weight < b->weight || a->weight > b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->revs != b->revs)
		return a->revs > b->revs ? -1 : 1;
	if (a->cognitive != b->cognitive)
		return a->cognitive > b->cognitive ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static uint32_t revs_of(const struct history *h, const uint32_t *number, file_id file)
{
	return number[file.v] == HISTORY_NONE ? 0 : h->file[number[file.v]].revs;
}

uint32_t hotspots_rank(const struct source *s UNUSED, const struct history *h,
		       const uint32_t *number, const struct bodies *bodies, const file_id *wanted,
		       uint32_t nwanted, struct arena *arena, const struct hotspot **ret)
{
	struct hotspot *list = arena_array(arena, struct hotspot, (size_t)nwanted + 1);
	uint32_t *value = xcalloc((size_t)nwanted + 1, sizeof(*value)), n = 0;
	double *revs = xcalloc((size_t)nwanted + 1, sizeof(*revs));
	double *hard = xcalloc((size_t)nwanted + 1, sizeof(*hard));

	for (uint32_t i = 0; i < nwanted; i++)
		if (revs_of(h, number, wanted[i]))
			list[n++] = (struct hotspot){
				.file = wanted[i], .number = number[wanted[i].v],
				.revs = revs_of(h, number, wanted[i]),
				.cognitive = cognitive_of(bodies->file[wanted[i].v]),
			};
	for (uint32_t i = 0; i < n; i++)
		value[i] = list[i].revs;
	percentile_ranks(value, n, revs);
	for (uint32_t i = 0; i < n; i++)
		value[i] = list[i].cognitive;
	percentile_ranks(value, n, hard);
	for (uint32_t i = 0; i < n; i++)
		list[i].weight = revs[i] * hard[i];
	sort_with(list, n, sizeof(*list), by_weight, NULL);
	free(value);
	free(revs);
	free(hard);
	*ret = list;
	return n;
}

struct busy { file_id file; uint32_t revs; };

static int by_revs(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct busy *a = va, *b = vb;

	if (a->revs != b->revs)
		return a->revs > b->revs ? -1 : 1;
	return a->file.v < b->file.v ? -1 : a->file.v > b->file.v;
}

static int by_file(const void *va, const void *vb, void *ctx UNUSED)
{
	const file_id *a = va, *b = vb;

	return a->v < b->v ? -1 : a->v > b->v;
}

uint32_t hotspots_busiest(const struct history *h, const uint32_t *number, const file_id *wanted,
			  uint32_t nwanted, uint32_t most, struct arena *arena,
			  const file_id **ret)
{
	struct busy *busy = xcalloc((size_t)nwanted + 1, sizeof(*busy));
	uint32_t n = 0;

	for (uint32_t i = 0; i < nwanted; i++)
		if (revs_of(h, number, wanted[i]))
			busy[n++] = (struct busy){ wanted[i], revs_of(h, number, wanted[i]) };
	sort_with(busy, n, sizeof(*busy), by_revs, NULL);
	n = n < most ? n : most;
	file_id *list = arena_array(arena, file_id, (size_t)n + 1);

	for (uint32_t i = 0; i < n; i++)
		list[i] = busy[i].file;
	sort_with(list, n, sizeof(*list), by_file, NULL);
	free(busy);
	*ret = list;
	return n;
}
