/* SPDX-License-Identifier: MIT */
/* adr_yaml.c - front matter, and decision records that are YAML as a whole. */
#include "graph/source/adr/adr_work.h"

#include <stdlib.h>
#include <string.h>

enum key {
	KEY_STATUS, KEY_DATE, KEY_SUPERSEDES, KEY_SUPERSEDED_BY, KEY_AMENDS, KEY_AMENDED_BY,
	KEY_REFERENCES, KEY_TITLE, KEY_NUMBER, KEY_RISK, KEY_EVIDENCE, KEY_COUNTER_TEST,
};

/* Words may be parted by - or _. */
static const struct { enum key key; const char *name; bool may_change; } keys[] = {
	{ KEY_STATUS, "status", true },
	{ KEY_DATE, "date", true },
	{ KEY_DATE, "decision_date", true },
	{ KEY_SUPERSEDES, "supersedes", true },
	{ KEY_SUPERSEDES, "replaces", true },
	{ KEY_SUPERSEDED_BY, "superseded_by", true },
	{ KEY_SUPERSEDED_BY, "superceded_by", true },
	{ KEY_SUPERSEDED_BY, "replaced_by", true },
	{ KEY_AMENDS, "amends", true },
	{ KEY_AMENDED_BY, "amended_by", true },
	{ KEY_REFERENCES, "references", true },
	{ KEY_REFERENCES, "links", true },
	{ KEY_TITLE, "title", false },
	{ KEY_NUMBER, "number", false },
	{ KEY_NUMBER, "id", false },
	{ KEY_RISK, "risk", false },
	{ KEY_EVIDENCE, "evidence", false },
	{ KEY_COUNTER_TEST, "counter_test", false },
};

static int find_key(const char *key, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		size_t n = strlen(keys[i].name), k = 0;

		while (n == len && k < n && (keys[i].name[k] == key[k] ||
		       (keys[i].name[k] == '_' && key[k] == '-')))
			k++;
		if (n == len && k == n)
			return (int)i;
	}
	return -1;
}

bool adr_key_may_change(const char *key, size_t len)
{
	int i = find_key(key, len);

	return i >= 0 && keys[i].may_change;
}

static bool is_filled(const struct yaml_node *n)
{
	return n->kind == YAML_TEXT ? *n->text != '\0' && !yaml_is_null(n) : n->count > 0;
}

/* One text or a list of them. */
static void take_related(struct adr_work *w, const struct yaml_node *n,
			 enum adr_relation relation)
{
	uint32_t count = n->kind == YAML_LIST ? n->count : 1;

	for (uint32_t i = 0; i < count; i++) {
		const struct yaml_node *one = n->kind == YAML_LIST ? n->item[i] : n;

		if (one->kind == YAML_TEXT && is_filled(one))
			adr_add_link(w, relation, one->text, adr_piece_yaml(w, one));
	}
}

/* References are texts of all kinds: those that are files beside the record are links. */
static void take_references(struct adr_work *w, const struct yaml_node *n)
{
	for (uint32_t i = 0; n->kind == YAML_LIST && i < n->count; i++) {
		const struct yaml_node *one = n->item[i];
		const char *dot = one->kind == YAML_TEXT ? strrchr(one->text, '.') : NULL;

		if (dot && !strchr(one->text, ' ') && !strstr(one->text, "://") &&
		    (!strcmp(dot, ".md") || !strcmp(dot, ".yaml") || !strcmp(dot, ".yml")))
			adr_add_link(w, ADR_REFERS, one->text, adr_piece_yaml(w, one));
	}
}

static void take_key(struct adr_work *w, enum key key, const struct yaml_node *n,
		     enum adr_place place)
{
	struct adr *r = w->r;
	bool text = n->kind == YAML_TEXT;

	switch (key) {
	case KEY_STATUS:
		if (!text || !is_filled(n))
			return;
		r->status = adr_piece_yaml(w, n);
		r->state = adr_status_of(n->text);
		r->status_in = place;
		if (r->status.line <= w->nlines)
			adr_links(w, &w->line[r->status.line - 1], r->status.col - 1, true);
		return;
	case KEY_DATE:
		if (text)
			r->date = adr_piece_yaml(w, n);
		return;
	case KEY_TITLE:
		if (text && place == ADR_IN_KEY)
			r->title = adr_piece_yaml(w, n);
		return;
	case KEY_NUMBER:
		if (place == ADR_IN_KEY && text)
			(void)yaml_uint(n, &r->title_number);
		return;
	case KEY_RISK:
		r->risk = text ? n->text : "";
		return;
	case KEY_EVIDENCE:
		r->has_evidence = is_filled(n);
		return;
	case KEY_COUNTER_TEST:
		r->has_counter_test = is_filled(n);
		return;
	case KEY_REFERENCES:
		take_references(w, n);
		return;
	case KEY_SUPERSEDES:
		take_related(w, n, ADR_SUPERSEDES);
		return;
	case KEY_SUPERSEDED_BY:
		take_related(w, n, ADR_SUPERSEDED_BY);
		return;
	case KEY_AMENDS:
		take_related(w, n, ADR_AMENDS);
		return;
	case KEY_AMENDED_BY:
		take_related(w, n, ADR_AMENDED_BY);
		return;
	}
}

void adr_take_keys(struct adr_work *w, const struct yaml_node *map, enum adr_place place)
{
	for (uint32_t i = 0; i < map->count; i++) {
		const char *key = map->pair[i].key->text;
		int k = find_key(key, strlen(key));

		if (k >= 0)
			take_key(w, keys[k].key, map->pair[i].value, place);
	}
}

/* Sections of a record in YAML are its keys; a text is what is written behind them. */
static void take_sections(struct adr_work *w, const struct yaml_node *map)
{
	for (uint32_t i = 0; i < map->count; i++) {
		const struct yaml_node *key = map->pair[i].key;
		uint32_t first = key->line;
		uint32_t end = i + 1 < map->count ? map->pair[i + 1].key->line : w->nlines + 1;
		size_t len = strlen(key->text);

		VEC_RESERVE(w->section, w->section_cap, w->nsections + 1);
		w->section[w->nsections++] = (struct adr_section){
			.title = key->text, .level = 2, .line = first,
			.body = map->pair[i].value->kind == YAML_TEXT ? map->pair[i].value->text
				: "",
		};
		for (uint32_t n = first; !adr_key_may_change(key->text, len) && n && n < end &&
		     n <= w->nlines; n++)
			adr_mix(w->r, w->line[n - 1].text, w->line[n - 1].len);
	}
}

void adr_yaml_problem(struct adr_work *w, const struct err *err)
{
	const char *text = arena_strdup(w->arena, err->msg);
	size_t path = strlen(w->r->path);

	*w->problem = (struct adr_problem){ .path = w->r->path, .text = text };
	/* "FILE:12:3: cause" */
	if (!strncmp(text, w->r->path, path) && text[path] == ':') {
		char *end;
		unsigned long line = strtoul(text + path + 1, &end, 10), col;

		if (*end != ':')
			return;
		col = strtoul(end + 1, &end, 10);
		if (*end != ':' || line > UINT32_MAX || col > UINT32_MAX)
			return;
		w->problem->line = (uint32_t)line;
		w->problem->col = (uint32_t)col;
		w->problem->text = end[1] == ' ' ? end + 2 : end + 1;
	}
}

bool adr_read_yaml(struct adr_work *w)
{
	struct yaml_node *map;
	struct err err = ERR_INIT;

	if (yaml_read(w->r->path, w->r->bytes, w->r->len, w->arena, &map, &err)) {
		adr_yaml_problem(w, &err);
		return false;
	}
	/* Other tools have YAML there too. */
	if (map->kind != YAML_MAP || !yaml_get(map, "title") || !yaml_get(map, "status"))
		return false;
	adr_take_keys(w, map, ADR_IN_KEY);
	take_sections(w, map);
	return true;
}
