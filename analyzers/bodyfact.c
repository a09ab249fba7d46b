/* SPDX-License-Identifier: MIT */
/* bodyfact.c - files whose bodies are judged. */
#include "analyzers/bodyfact.h"

bool bodyfact_counts(const struct analysis *a, uint32_t file)
{
	const struct go_file *f = &a->source->file[file];
	const struct go_dir *dir = &a->source->dir[f->dir.v];

	return a->bodies->file[file] && f->configs &&
	       !(f->flags & (FILE_TEST | FILE_GENERATED | FILE_HIDDEN)) &&
	       !(dir->flags & (DIR_VENDOR | DIR_VENDORED));
}

bool bodyfact_judged(const struct analysis *a, uint32_t file)
{
	const struct source *s = a->source;

	return (s->dir[s->file[file].dir.v].flags & DIR_REPORTED) && bodyfact_counts(a, file);
}

struct span bodyfact_span(const struct analysis *a, uint32_t file, uint32_t line, uint32_t col)
{
	const char *path = source_file_path(a->source, (file_id){ file }, a->scratch);

	return (struct span){ sym_from(a->source->syms, path), line, col, 0 };
}

const char *bodyfact_package(const struct analysis *a, uint32_t file)
{
	const struct source *s = a->source;
	const char *folder = sym_text(s->syms, s->dir[s->file[file].dir.v].path);

	return *folder ? folder : ".";
}
