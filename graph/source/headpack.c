/* SPDX-License-Identifier: MIT */
/*
 * headpack.c - the block of the facts of some heads: counts, a record for each file,
 * their imports, their directives, and the texts.  Text 0 is the empty one.
 */
#include "graph/source/headfacts.h"

#include <stdlib.h>
#include <string.h>

struct counts { uint32_t files, imports, directives, text_bytes; };

struct packed_file {
	uint64_t size;
	uint32_t flags, configs, lines, min_go;
	uint32_t package, package_line, package_col;    /* texts by where they begin; 0 = none */
	uint32_t problem, problem_line, problem_col;
	uint32_t domain, domain_line, domain_col, domain_end;
	uint32_t nimports, ndirectives;
};

struct packed_import { uint32_t path, name, line, col, end_col; };
struct packed_directive { uint32_t text, line, col, end_col, target; };

struct block {
	const struct packed_file *file;
	const struct packed_import *import;
	const struct packed_directive *directive;
	const char *text;
	struct counts n;
};

static uint64_t bytes_of(const struct counts *n)
{
	uint64_t bytes = sizeof(*n) + n->files * (uint64_t)sizeof(struct packed_file) +
			 n->imports * (uint64_t)sizeof(struct packed_import) +
			 n->directives * (uint64_t)sizeof(struct packed_directive);

	return bytes + n->text_bytes;
}

static uint32_t text_room(const char *text)
{
	return text && *text ? (uint32_t)strlen(text) + 1 : 0;
}

static void count(const struct head_facts *f, struct counts *n)
{
	n->imports += f->nimports;
	n->directives += f->ndirectives;
	n->text_bytes += text_room(f->package) + text_room(f->problem) + text_room(f->domain);
	for (uint32_t i = 0; i < f->nimports; i++)
		n->text_bytes += text_room(f->import[i].path) + text_room(f->import[i].name);
	for (uint32_t i = 0; i < f->ndirectives; i++)
		n->text_bytes += text_room(f->directive[i].text.s);
}

struct packer {
	struct packed_file *file;
	struct packed_import *import;
	struct packed_directive *directive;
	char *text;
	uint32_t used;                  /* of text */
};

static uint32_t put_text(struct packer *p, const char *text)
{
	uint32_t room = text_room(text), at = p->used;

	if (!room)
		return 0;
	memcpy(p->text + at, text, room);
	p->used += room;
	return at;
}

static void put(struct packer *p, const struct head_facts *f)
{
	*p->file++ = (struct packed_file){
		.size = f->size, .flags = f->flags, .configs = f->configs, .lines = f->lines,
		.min_go = f->min_go, .package = put_text(p, f->package),
		.package_line = f->package_line, .package_col = f->package_col,
		.problem = put_text(p, f->problem), .problem_line = f->problem_line,
		.problem_col = f->problem_col, .domain = put_text(p, f->domain),
		.domain_line = f->domain_line, .domain_col = f->domain_col,
		.domain_end = f->domain_end, .nimports = f->nimports,
		.ndirectives = f->ndirectives,
	};
	for (uint32_t i = 0; i < f->nimports; i++) {
		const struct header_import *from = &f->import[i];

		*p->import++ = (struct packed_import){
			put_text(p, from->path), put_text(p, from->name), from->line, from->col,
			from->end_col,
		};
	}
	for (uint32_t i = 0; i < f->ndirectives; i++) {
		const struct header_directive *from = &f->directive[i];

		*p->directive++ = (struct packed_directive){
			put_text(p, from->text.s), from->line, from->col, from->end_col,
			from->target,
		};
	}
}

const void *heads_pack(const struct head_facts *fact, const uint32_t *member, uint32_t n_members,
		       struct arena *arena, size_t *ret_size)
{
	struct counts n = { .files = n_members, .text_bytes = 1 };
	struct packer p = { .used = 1 };

	for (uint32_t i = 0; i < n_members; i++)
		count(&fact[member[i]], &n);
	*ret_size = (size_t)bytes_of(&n);
	char *block = arena_alloc(arena, *ret_size, 1);

	memcpy(block, &n, sizeof(n));
	p.file = (struct packed_file *)(void *)(block + sizeof(n));
	p.import = (struct packed_import *)(void *)(p.file + n.files);
	p.directive = (struct packed_directive *)(void *)(p.import + n.imports);
	p.text = (char *)(p.directive + n.directives);
	for (uint32_t i = 0; i < n_members; i++)
		put(&p, &fact[member[i]]);
	return block;
}

static bool open_block(const void *bytes, size_t size, uint32_t files, struct block *ret)
{
	struct counts *n = &ret->n;

	if (size < sizeof(*n) || (uintptr_t)bytes % 8)
		return false;
	memcpy(n, bytes, sizeof(*n));
	if (n->files != files || !n->text_bytes || bytes_of(n) != size)
		return false;
	ret->file = (const void *)((const char *)bytes + sizeof(*n));
	ret->import = (const void *)(ret->file + n->files);
	ret->directive = (const void *)(ret->import + n->imports);
	ret->text = (const void *)(ret->directive + n->directives);
	return !ret->text[0] && !ret->text[n->text_bytes - 1];
}

/* The texts of every record begin inside of the table, which a NUL ends. */
static bool is_sound(const struct block *b)
{
	uint32_t most = b->n.text_bytes;
	uint64_t imports = 0, directives = 0;
	bool sound = true;

	for (uint32_t i = 0; i < b->n.files; i++) {
		const struct packed_file *f = &b->file[i];

		sound = sound && f->package < most && f->problem < most && f->domain < most;
		imports += f->nimports;
		directives += f->ndirectives;
	}
	for (uint32_t i = 0; i < b->n.imports; i++)
		sound = sound && b->import[i].path < most && b->import[i].name < most;
	for (uint32_t i = 0; i < b->n.directives; i++)
		sound = sound && b->directive[i].text < most;
	return sound && imports == b->n.imports && directives == b->n.directives;
}

static const char *text_or_null(const struct block *b, uint32_t at)
{
	return at ? b->text + at : NULL;
}

static void unpack_lists(const struct block *b, const struct packed_import *import,
			 const struct packed_directive *directive, struct arena *arena,
			 struct head_facts *ret)
{
	struct header_import *imports = arena_array(arena, struct header_import, ret->nimports);

	for (uint32_t i = 0; i < ret->nimports; i++)
		imports[i] = (struct header_import){
			b->text + import[i].path, b->text + import[i].name, import[i].line,
			import[i].col, import[i].end_col,
		};
	ret->import = imports;
	if (ret->ndirectives)
		ret->directive = arena_array(arena, struct header_directive, ret->ndirectives);
	for (uint32_t i = 0; i < ret->ndirectives; i++) {
		const char *text = b->text + directive[i].text;

		ret->directive[i] = (struct header_directive){
			.text = { text, strlen(text) }, .line = directive[i].line,
			.col = directive[i].col, .end_col = directive[i].end_col,
			.target = directive[i].target,
		};
	}
}

bool heads_unpack(const void *block, size_t size, uint32_t n, struct arena *arena,
		  struct head_facts *ret)
{
	struct block b;

	if (!open_block(block, size, n, &b) || !is_sound(&b))
		return false;
	const struct packed_import *import = b.import;
	const struct packed_directive *directive = b.directive;

	for (uint32_t i = 0; i < n; i++) {
		const struct packed_file *f = &b.file[i];

		ret[i] = (struct head_facts){
			.size = f->size, .flags = f->flags, .configs = f->configs,
			.lines = f->lines, .min_go = f->min_go,
			.package = text_or_null(&b, f->package),
			.package_line = f->package_line, .package_col = f->package_col,
			.problem = text_or_null(&b, f->problem),
			.problem_line = f->problem_line, .problem_col = f->problem_col,
			.domain = text_or_null(&b, f->domain), .domain_line = f->domain_line,
			.domain_col = f->domain_col, .domain_end = f->domain_end,
			.nimports = f->nimports, .ndirectives = f->ndirectives, .known = true,
		};
		ret[i].package_len = text_room(ret[i].package);
		ret[i].package_len -= ret[i].package_len > 0;
		unpack_lists(&b, import, directive, arena, &ret[i]);
		import += f->nimports;
		directive += f->ndirectives;
	}
	return true;
}
