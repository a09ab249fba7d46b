/* SPDX-License-Identifier: MIT */
/* yaml.c - libyaml's events become a tree; the only file that includes libyaml. */
#include "base/yaml.h"
#include "base/limits.h"
#include "base/yaml_scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A list or map that is not closed yet; its children are child[first..]. */
struct frame { struct yaml_node *node; uint32_t first; };

struct child { struct yaml_node *node; };

struct anchor { const char *name; struct yaml_node *node; };

struct reader {
	yaml_parser_t parser;
	struct yaml_places places;
	struct arena *arena;
	const char *file;
	struct yaml_node *root;
	struct frame *frame;
	struct child *child;            /* of a map: key, value, key, value */
	struct anchor *anchor;
	uint32_t nframes, frame_cap, nchildren, child_cap, nanchors, anchor_cap;
	uint64_t weight;                /* of all that was read */
	bool second;                    /* a document was read already */
};

static int fail_at(const struct reader *r, const yaml_mark_t *mark, struct err *err,
		   const char *text)
{
	return yaml_place_error(&r->places, yaml_place_byte(&r->places, mark->index), err, text);
}

/* What libyaml says, but for the tabs that everybody falls over once. */
static int fail_parse(const struct reader *r, struct err *err)
{
	const yaml_parser_t *p = &r->parser;
	size_t at = yaml_place_byte(&r->places, p->problem_mark.index), from = at;
	char text[200];

	if (p->error == YAML_MEMORY_ERROR)
		return err_set(err, ERR_SYSTEM, "cannot read '%s': out of memory", r->file);
	while (from && r->places.bytes[from - 1] != '\n')
		from--;
	while (from < r->places.len && r->places.bytes[from] == ' ')
		from++;
	if (from <= at && from < r->places.len && r->places.bytes[from] == '\t')
		return yaml_place_error(&r->places, from, err,
					"a tab in the indentation: YAML wants spaces");
	if (p->context)
		snprintf(text, sizeof(text), "%s %s", p->problem, p->context);
	else
		snprintf(text, sizeof(text), "%s", p->problem ? p->problem : "no YAML");
	return yaml_place_error(&r->places, at, err, text);
}

static struct yaml_node *node_new(struct reader *r, enum yaml_kind kind, const yaml_event_t *e)
{
	struct yaml_node *n = arena_new(r->arena, struct yaml_node);
	size_t end = yaml_place_byte(&r->places, e->end_mark.index);
	uint32_t end_line, end_col;

	*n = (struct yaml_node){ .kind = kind, .file = r->file, .text = "", .weight = 1 };
	yaml_place_line(&r->places, yaml_place_byte(&r->places, e->start_mark.index), &n->line,
			&n->col);
	yaml_place_line(&r->places, end, &end_line, &end_col);
	if (kind == YAML_TEXT && end_line == n->line && end_col > n->col)
		n->end_col = end_col;
	return n;
}

static int add_anchor(struct reader *r, const yaml_event_t *e, const yaml_char_t *name,
		      struct yaml_node *n, struct err *err)
{
	if (!name)
		return 0;
	if (r->nanchors >= limit_of(LIMIT_YAML_ANCHORS))
		return fail_at(r, &e->start_mark, err, "more anchors than the limit yaml-anchors");
	VEC_RESERVE(r->anchor, r->anchor_cap, r->nanchors + 1);
	r->anchor[r->nanchors++] = (struct anchor){
		arena_strdup(r->arena, (const char *)name), n,
	};
	return 0;
}

/* Only YAML's own tags, and none that makes a value something else than it looks like. */
static int check_tag(const struct reader *r, const yaml_event_t *e, const yaml_char_t *tag,
		     enum yaml_kind kind, bool *ret_text, struct err *err)
{
	static const char *const known[][3] = {
		[YAML_TEXT] = { YAML_STR_TAG, "!", NULL },
		[YAML_LIST] = { YAML_SEQ_TAG, NULL, NULL },
		[YAML_MAP] = { YAML_MAP_TAG, NULL, NULL },
	};
	char text[120];

	*ret_text = false;
	if (!tag)
		return 0;
	for (unsigned i = 0; i < 3 && known[kind][i]; i++)
		if (!strcmp((const char *)tag, known[kind][i])) {
			*ret_text = kind == YAML_TEXT;
			return 0;
		}
	snprintf(text, sizeof(text), "the tag '%.60s' is not understood", (const char *)tag);
	return fail_at(r, &e->start_mark, err, text);
}

/* Gives a node to the list or map that is open; charges what it weighs. */
static int add_child(struct reader *r, struct yaml_node *n, const yaml_event_t *e, struct err *err)
{
	char text[120];

	r->weight += n->weight;
	if (r->weight > limit_of(LIMIT_YAML_NODES)) {
		snprintf(text, sizeof(text), "more than %llu keys and values, aliases counted each "
			 "time: the limit yaml-nodes",
			 (unsigned long long)limit_of(LIMIT_YAML_NODES));
		return fail_at(r, &e->start_mark, err, text);
	}
	if (!r->nframes) {
		r->root = n;
		return 0;
	}
	struct frame *f = &r->frame[r->nframes - 1];

	if (f->node->kind == YAML_MAP && (r->nchildren - f->first) % 2 == 0 &&
	    n->kind != YAML_TEXT)
		return e->type == YAML_ALIAS_EVENT ?
			       fail_at(r, &e->start_mark, err, "a key must be text") :
			       yaml_error(n, err, "a key must be text");
	VEC_RESERVE(r->child, r->child_cap, r->nchildren + 1);
	r->child[r->nchildren++].node = n;
	return 0;
}

static int read_scalar(struct reader *r, const yaml_event_t *e, struct err *err)
{
	struct yaml_node *n = node_new(r, YAML_TEXT, e);
	const char *value = (const char *)e->data.scalar.value;
	bool text;

	if (check_tag(r, e, e->data.scalar.tag, YAML_TEXT, &text, err) < 0)
		return -1;
	if (memchr(value, '\0', e->data.scalar.length))
		return fail_at(r, &e->start_mark, err, "a value with the character U+0000");
	n->quoted = text || e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	n->text = arena_strndup(r->arena, value, e->data.scalar.length);
	if (add_anchor(r, e, e->data.scalar.anchor, n, err) < 0)
		return -1;
	return add_child(r, n, e, err);
}

static bool is_open(const struct reader *r, const struct yaml_node *n)
{
	for (uint32_t i = 0; i < r->nframes; i++)
		if (r->frame[i].node == n)
			return true;
	return false;
}

static int read_alias(struct reader *r, const yaml_event_t *e, struct err *err)
{
	const char *name = (const char *)e->data.alias.anchor;
	char text[120];

	for (uint32_t i = r->nanchors; i-- > 0;) {
		if (strcmp(r->anchor[i].name, name))
			continue;
		if (!is_open(r, r->anchor[i].node))
			return add_child(r, r->anchor[i].node, e, err);
		snprintf(text, sizeof(text), "the alias '*%.60s' stands inside of what it names",
			 name);
		return fail_at(r, &e->start_mark, err, text);
	}
	snprintf(text, sizeof(text), "the alias '*%.60s' names no anchor", name);
	return fail_at(r, &e->start_mark, err, text);
}

static int open_frame(struct reader *r, const yaml_event_t *e, enum yaml_kind kind,
		      struct err *err)
{
	bool list = kind == YAML_LIST, text;
	struct yaml_node *n = node_new(r, kind, e);

	if (r->nframes >= limit_of(LIMIT_YAML_DEPTH))
		return fail_at(r, &e->start_mark, err, "deeper than the limit yaml-depth");
	if (check_tag(r, e, list ? e->data.sequence_start.tag : e->data.mapping_start.tag, kind,
		      &text, err) < 0 ||
	    add_anchor(r, e, list ? e->data.sequence_start.anchor : e->data.mapping_start.anchor, n,
		       err) < 0)
		return -1;
	VEC_RESERVE(r->frame, r->frame_cap, r->nframes + 1);
	r->frame[r->nframes++] = (struct frame){ n, r->nchildren };
	return 0;
}

/* A pair on its way into a map: its own, or merged into it by `<<`. */
struct coming { struct yaml_pair pair; uint32_t order; bool merged; };

struct coming_list { struct coming *item; uint32_t count, cap; };

static void come(struct coming_list *l, struct yaml_pair pair, bool merged)
{
	VEC_RESERVE(l->item, l->cap, l->count + 1);
	l->item[l->count] = (struct coming){ pair, l->count, merged };
	l->count++;
}

static int by_key(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct coming *a = va, *b = vb;
	int c = strcmp(a->pair.key->text, b->pair.key->text);

	/* A map's own keys win over merged ones, earlier merged ones over later ones. */
	if (!c)
		c = a->merged - b->merged;
	return c ? c : (a->order > b->order) - (a->order < b->order);
}

static int by_order(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct coming *a = va, *b = vb;

	return (a->order > b->order) - (a->order < b->order);
}

/* `<<: *a` or `<<: [*a, *b]`. */
static int merge(struct reader *r, const struct yaml_node *value, struct coming_list *l,
		 struct err *err)
{
	bool list = value->kind == YAML_LIST;

	for (uint32_t i = 0; i < (list ? value->count : 1); i++) {
		const struct yaml_node *from = list ? value->item[i] : value;

		if (from->kind != YAML_MAP)
			return yaml_error(from, err, "'<<' merges maps, not %s",
					  yaml_kind_name(from));
		r->weight += from->count;
		for (uint32_t k = 0; k < from->count; k++)
			come(l, from->pair[k], true);
	}
	return 0;
}

static int drop_doubles(struct coming_list *l, struct err *err)
{
	uint32_t kept = 0;

	sort_with(l->item, l->count, sizeof(*l->item), by_key, NULL);
	for (uint32_t i = 0; i < l->count; i++) {
		const struct coming *c = &l->item[i];

		if (kept && !strcmp(l->item[kept - 1].pair.key->text, c->pair.key->text)) {
			if (!c->merged)
				return yaml_error(c->pair.key, err,
						  "the key '%.100s' stands here twice, first in "
						  "line %u", c->pair.key->text,
						  l->item[kept - 1].pair.key->line);
			continue;
		}
		l->item[kept++] = *c;
	}
	l->count = kept;
	sort_with(l->item, l->count, sizeof(*l->item), by_order, NULL);
	return 0;
}

static int close_map(struct reader *r, struct yaml_node *n, const struct child *child,
		     uint32_t count, struct err *err)
{
	struct coming_list l = { 0 };
	int rc = 0;

	for (uint32_t i = 0; i + 1 < count && !rc; i += 2) {
		const struct yaml_node *key = child[i].node;

		if (!key->quoted && !strcmp(key->text, "<<"))
			rc = merge(r, child[i + 1].node, &l, err);
		else
			come(&l, (struct yaml_pair){ child[i].node, child[i + 1].node }, false);
	}
	if (!rc)
		rc = drop_doubles(&l, err);
	n->pair = arena_array(r->arena, struct yaml_pair, l.count);
	n->count = l.count;
	for (uint32_t i = 0; i < l.count; i++) {
		n->pair[i] = l.item[i].pair;
		n->weight += n->pair[i].key->weight + n->pair[i].value->weight;
	}
	free(l.item);
	return rc;
}

static int close_frame(struct reader *r, const yaml_event_t *e, struct err *err)
{
	struct frame f = r->frame[--r->nframes];
	uint32_t count = r->nchildren - f.first, own = f.node->weight;
	const struct child *child = count ? r->child + f.first : NULL;

	r->nchildren = f.first;
	if (f.node->kind == YAML_MAP) {
		if (close_map(r, f.node, child, count, err) < 0)
			return -1;
	} else {
		f.node->item = arena_array(r->arena, struct yaml_node *, count);
		f.node->count = count;
		for (uint32_t i = 0; i < count; i++) {
			f.node->item[i] = child[i].node;
			f.node->weight += child[i].node->weight;
		}
	}
	/* Its children were charged when they came; add_child() charges the node as a whole. */
	r->weight -= f.node->weight - own;
	return add_child(r, f.node, e, err);
}

/* 1: go on; 0: the end. */
static int take_event(struct reader *r, const yaml_event_t *e, struct err *err)
{
	int rc = 0;

	switch (e->type) {
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	case YAML_STREAM_END_EVENT:
		return 0;
	case YAML_DOCUMENT_START_EVENT:
		if (r->second)
			rc = fail_at(r, &e->start_mark, err, "a second document: only one is read");
		r->second = true;
		break;
	case YAML_ALIAS_EVENT:
		rc = read_alias(r, e, err);
		break;
	case YAML_SCALAR_EVENT:
		rc = read_scalar(r, e, err);
		break;
	case YAML_SEQUENCE_START_EVENT:
		rc = open_frame(r, e, YAML_LIST, err);
		break;
	case YAML_MAPPING_START_EVENT:
		rc = open_frame(r, e, YAML_MAP, err);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		rc = close_frame(r, e, err);
		break;
	}
	return rc < 0 ? -1 : 1;
}

static int read_events(struct reader *r, struct err *err)
{
	int more = 1;

	while (more > 0) {
		yaml_event_t e;

		if (!yaml_parser_parse(&r->parser, &e))
			return fail_parse(r, err);
		more = take_event(r, &e, err);
		yaml_event_delete(&e);
	}
	return more;
}

int yaml_read(const char *file, const char *bytes, size_t len, struct arena *arena,
	      struct yaml_node **ret, struct err *err)
{
	return yaml_read_part(file, bytes, len, 1, arena, ret, err);
}

int yaml_read_part(const char *file, const char *bytes, size_t len, uint32_t line,
		   struct arena *arena, struct yaml_node **ret, struct err *err)
{
	struct reader r = { .arena = arena, .file = file, .places = { .first_line = line } };
	static const yaml_event_t start;
	int rc;

	if (len > limit_of(LIMIT_YAML_BYTES))
		return err_set(err, ERR_CONFIG, "%s:%u:1: longer than %llu bytes, the limit "
			       "yaml-bytes", file, line,
			       (unsigned long long)limit_of(LIMIT_YAML_BYTES));
	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		len -= 3;
	}
	if (yaml_places_init(&r.places, file, bytes, len, arena, err) < 0)
		return -1;
	if (!yaml_parser_initialize(&r.parser))
		return err_set(err, ERR_SYSTEM, "cannot read '%s': out of memory", file);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes, len);
	rc = read_events(&r, err);
	yaml_parser_delete(&r.parser);
	free(r.frame);
	free(r.child);
	free(r.anchor);
	if (!rc)
		*ret = r.root ? r.root : node_new(&r, YAML_TEXT, &start);
	return rc;
}

const struct yaml_pair *yaml_find(const struct yaml_node *map, const char *key)
{
	for (uint32_t i = 0; map->kind == YAML_MAP && i < map->count; i++)
		if (!strcmp(map->pair[i].key->text, key))
			return &map->pair[i];
	return NULL;
}

struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	const struct yaml_pair *pair = yaml_find(map, key);

	return pair ? pair->value : NULL;
}

int yaml_error(const struct yaml_node *at, struct err *err, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(err, ERR_CONFIG, "%s:%u:%u: %s", at->file, at->line, at->col, text);
}
