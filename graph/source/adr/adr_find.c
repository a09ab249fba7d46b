/* SPDX-License-Identifier: MIT */
/* adr_find.c - the order of decision records, and one of them by number, name or path. */
#include "graph/source/adr/adr_work.h"

#include <stdlib.h>
#include <string.h>

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

uint32_t adr_order(const struct adr *r)
{
	return r->number || r->is_zero ? r->number : UINT32_MAX;
}

static uint32_t find_number(const struct adrs *a, uint32_t number)
{
	uint32_t lo = 0, hi = a->count;

	while (number && lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (adr_order(&a->item[mid]) < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return number && lo < a->count && a->item[lo].number == number ? lo : ADR_NONE;
}

/* "0000", "ADR-0": the record number 0. */
static uint32_t find_zero(const struct adrs *a, const char *text)
{
	size_t n = strspn(text, "adrADR-_ #");

	return a->count && a->item[0].is_zero && text[n] &&
	       strspn(text + n, "0") == strlen(text + n) ?
		0 : ADR_NONE;
}

/* "12", "ADR-0012", "#12", "12-x.md" where no file is called so: a number, or 0. */
static uint32_t number_in(const char *text)
{
	size_t n = adr_begins(text, strlen(text), "adr") ? 3 : 0, digits;

	while (text[n] == '-' || text[n] == '_' || text[n] == ' ' || text[n] == '#')
		n++;
	for (digits = n; digit(text[digits]) && digits - n < 9;)
		digits++;
	return digits == n || digit(text[digits]) ? 0
		: (uint32_t)strtoul(text + n, NULL, 10);
}

uint32_t adr_numbered(const struct adrs *a, const char *text)
{
	uint32_t number = number_in(text);

	return number ? find_number(a, number) : find_zero(a, text);
}

uint32_t adr_find(const struct adrs *a, const char *text)
{
	uint32_t found = adr_numbered(a, text), begins = 0;

	for (uint32_t i = 0; i < a->count; i++)
		if (!strcmp(a->item[i].path, text) || !strcmp(a->item[i].name, text))
			return i;
	/* "0014-x" is a name even where no record has it. */
	if (found != ADR_NONE && strspn(text, "adrADR-_ #0123456789") == strlen(text))
		return found;
	found = ADR_NONE;
	for (uint32_t i = 0; i < a->count && *text; i++) {
		if (strncmp(a->item[i].name, text, strlen(text)))
			continue;
		found = i;
		begins++;
	}
	return begins == 1 ? found : ADR_NONE;
}

const char *adr_label(const struct adr *r, struct arena *arena)
{
	return r->number || r->is_zero ? arena_printf(arena, "ADR %u", r->number) : r->name;
}
